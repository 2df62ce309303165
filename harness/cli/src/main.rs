//! The `sctp-lab` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    sctp_lab::main()
}
