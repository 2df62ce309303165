//! Wireshark as the judge: tshark must read the same values that this crate writes.
//!
//! Without tshark the tests are ignored; where the environment variable
//! `SCTP_LAB_REQUIRE` lists `tshark`, they fail.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

mod capture;
mod chunks;
mod sample;

use std::process::ExitCode;

use trials::tshark::{self, Test};

const TESTS: &[(&str, Test)] = &[
    ("every_chunk_over_ipv4", chunks::over_ipv4),
    ("every_chunk_over_ipv6", chunks::over_ipv6),
    ("every_chunk_over_udp_and_ipv4", chunks::over_udp_and_ipv4),
    ("every_chunk_over_udp_and_ipv6", chunks::over_udp_and_ipv6),
    ("bundled_chunks", chunks::bundled),
    ("every_parameter", chunks::parameters),
    ("every_cause", chunks::causes),
    ("a_wrong_checksum_is_seen", chunks::wrong_checksum),
];

fn main() -> ExitCode {
    tshark::run("wire-tshark", TESTS)
}
