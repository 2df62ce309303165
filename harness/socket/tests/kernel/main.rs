//! Associations between real sockets, over the loopback interface.
//!
//! If this machine's kernel has no SCTP, the tests run in the guest of the `vm` engine.
//! Without that engine they are ignored, with the reason. [`guest`] explains how
//! `SCTP_LAB_REQUIRE` turns that into a failure.

mod ancillary;
mod closing;
mod examples;
mod extensions;
#[cfg(target_os = "linux")]
mod linux_only;
mod multihoming;
mod notifications;
mod one_to_many;
mod one_to_one;
mod options;
mod support;

use std::process::ExitCode;

use guest::Test;
use libtest_mimic::Failed;
use sctp_socket::{Family, Socket, Style};

fn main() -> ExitCode {
    match examples::role() {
        Some(example) => example(),
        None => guest::run("socket-kernel", tests),
    }
}

fn tests() -> Vec<Test> {
    let lack = Socket::new(Style::OneToMany, Family::V4)
        .err()
        .map(|error| format!("this kernel has no SCTP: {error}"));
    let tests = vec![
        one_to_one::trials(),
        one_to_many::trials(),
        multihoming::trials(),
        ancillary::trials(),
        notifications::trials(),
        closing::trials(),
        options::trials(),
        extensions::trials(),
        examples::trials(),
        #[cfg(target_os = "linux")]
        linux_only::trials(),
    ];
    let tests = tests.into_iter().flatten();
    tests
        .map(|(name, test)| Test {
            name: name.to_owned(),
            lack: lack.clone(),
            body: Box::new(move || test().map_err(|error| Failed::from(error.to_string()))),
        })
        .collect()
}
