//! Networks in the kernel that this runs on.
//!
//! Who is not root runs the tests in a user namespace, which only a process
//! with one thread can enter: hence no harness that starts more by itself.
//! What this machine's kernel cannot do runs in the guest of the `vm` engine;
//! without that it is ignored, with the reason. See [`guest`] for what
//! `SCTP_LAB_REQUIRE` makes of it.

use std::process::ExitCode;

#[cfg(target_os = "linux")]
mod linux;

fn main() -> ExitCode {
    #[cfg(target_os = "linux")]
    return linux::main();
    #[cfg(not(target_os = "linux"))]
    ExitCode::SUCCESS
}
