//! Networks in the kernel that this runs on.
//!
//! Who is not root runs the tests in a user namespace, which only a process
//! with one thread can enter: hence no harness that starts more by itself.
//! What the machine cannot do is shown as ignored, with the reason; where
//! `SCTP_LAB_REQUIRE` names `native`, it fails instead.

#[cfg(target_os = "linux")]
mod linux;

fn main() {
    #[cfg(target_os = "linux")]
    linux::main();
}
