//! Captures by a real tcpdump at hosts that are network namespaces of the test, each with a
//! real sshd.
//!
//! Where the machine lacks a program or a right, the tests are shown as ignored, with the
//! reason. Where `SCTP_LAB_REQUIRE` names what is lacking, `sshd` or `tcpdump`, they fail.

#[cfg(target_os = "linux")]
mod linux;

fn main() {
    #[cfg(target_os = "linux")]
    linux::main();
}
