//! Generates any packet, and values that occur in many places.

use std::net::IpAddr;

use bytes::Bytes;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use sctp_wire::{Packet, VerificationTag};

use crate::any_chunk::any_chunk;

/// This number of cases, the same in every run. The fuzz targets look for new cases.
pub(crate) fn cases(count: u32) -> ProptestConfig {
    ProptestConfig {
        cases: count,
        rng_seed: RngSeed::Fixed(9260),
        failure_persistence: None,
        max_shrink_time: 10_000,
        ..ProptestConfig::default()
    }
}

pub(crate) fn any_packet() -> impl Strategy<Value = Packet> {
    let header = any::<(u16, u16, u32)>();
    (header, vec(any_chunk(), 0..6)).prop_map(|((source, destination, tag), chunks)| {
        Packet::new(source, destination, VerificationTag(tag), chunks)
    })
}

pub(crate) fn any_bytes() -> impl Strategy<Value = Bytes> {
    vec(any::<u8>(), 0..24).prop_map(Bytes::from)
}

pub(crate) fn any_address() -> impl Strategy<Value = IpAddr> {
    prop_oneof![
        any::<[u8; 4]>().prop_map(IpAddr::from),
        any::<[u8; 16]>().prop_map(IpAddr::from),
    ]
}
