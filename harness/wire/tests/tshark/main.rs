//! Wireshark as the judge: what this crate writes, tshark must read the same.
//!
//! Without tshark the tests are ignored; where the environment variable
//! `SCTP_LAB_REQUIRE` lists `tshark`, they fail.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

mod capture;
mod chunks;
mod file;
mod judge;
mod sample;

use std::process::ExitCode;

use libtest_mimic::Arguments;

type Test = fn() -> Result<(), String>;

const TESTS: &[(&str, Test)] = &[
    ("every_chunk_over_ipv4", chunks::over_ipv4),
    ("every_chunk_over_ipv6", chunks::over_ipv6),
    ("every_chunk_over_udp_and_ipv4", chunks::over_udp_and_ipv4),
    ("every_chunk_over_udp_and_ipv6", chunks::over_udp_and_ipv6),
    ("bundled_chunks", chunks::bundled),
    ("every_parameter", chunks::parameters),
    ("every_cause", chunks::causes),
    ("a_wrong_checksum_is_seen", chunks::wrong_checksum),
    ("what_a_capture_says_of_its_packets", file::metadata),
    ("a_capture_that_wireshark_wrote", file::rewritten),
];

fn main() -> ExitCode {
    let available = judge::version();
    let required = std::env::var("SCTP_LAB_REQUIRE")
        .is_ok_and(|list| list.split(',').any(|name| name.trim() == "tshark"));
    let trials = TESTS.iter().map(|&(name, test)| match &available {
        Ok(_) => trials::test(name, move || test().map_err(Into::into)),
        Err(reason) if required => {
            let reason = format!("SCTP_LAB_REQUIRE lists tshark, but {reason}");
            trials::test(name, move || Err(reason.into()))
        }
        Err(_) => trials::test(name, || Ok(()))
            .with_kind("no tshark here")
            .with_ignored_flag(true),
    });
    trials::run("wire-tshark", &Arguments::from_args(), trials.collect()).exit_code()
}
