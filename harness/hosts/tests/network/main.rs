//! Captures of hosts that are namespaces of the test's own, each with a real
//! sshd, by a real tcpdump.
//!
//! What the machine lacks is shown as ignored, with the reason; where
//! `SCTP_LAB_REQUIRE` names `sshd` or `tcpdump`, it fails instead.

#[cfg(target_os = "linux")]
mod linux;

fn main() {
    #[cfg(target_os = "linux")]
    linux::main();
}
