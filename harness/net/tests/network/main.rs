//! Networks in the kernel of this machine.
//!
//! Without root, the tests run in a user namespace, which only a process with one thread
//! can enter: so no harness that starts threads may come before. Tests that this machine's
//! kernel cannot run go to the guest of the `vm` engine. Without that engine they are
//! ignored, with the reason; see [`guest`] for how `SCTP_LAB_REQUIRE` makes that a failure.

use std::process::ExitCode;

#[cfg(target_os = "linux")]
mod linux;

fn main() -> ExitCode {
    #[cfg(target_os = "linux")]
    return linux::main();
    #[cfg(not(target_os = "linux"))]
    ExitCode::SUCCESS
}
