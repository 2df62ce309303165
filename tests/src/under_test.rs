//! The `sctp-lab` command, in a binary that cargo builds for these tests.

use std::process::ExitCode;

fn main() -> ExitCode {
    sctp_lab::main()
}
