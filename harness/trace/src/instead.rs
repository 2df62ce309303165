//! Counts the protocols of a capture that has no SCTP.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::Path;

use recording::PacketView as _;
use wire::frame::{FrameError, Other, Transport};

use super::{CaptureError, open};

/// Greatest number of protocols that are counted separately.
const KINDS: usize = 256;

impl CaptureError {
    /// The error for a capture without SCTP. The capture is read once more, to count the
    /// packets of each protocol.
    #[must_use]
    pub fn no_sctp(path: &Path) -> Self {
        let (mut packets, mut fragments) = (0, 0);
        let mut kinds: BTreeMap<String, u64> = BTreeMap::new();
        let captured = open(path).into_iter().flat_map(|it| it.packets().flatten());
        for packet in captured {
            packets += 1;
            let kind = match packet.frame().map(|it| it.transport) {
                Ok(Transport::Other(Other::Ipv4Fragment { .. } | Other::Ipv6Fragment)) => {
                    fragments += 1;
                    continue;
                }
                // The ports are left out: they would make too many kinds.
                Ok(Transport::Other(Other::Udp { .. })) => "UDP".to_owned(),
                Ok(Transport::Other(other)) => other.to_string(),
                Ok(Transport::Icmp(_)) => "ICMP".to_owned(),
                Ok(_) => continue,
                Err(FrameError::LinkType(link)) => format!("link type {link}"),
                Err(FrameError::NeitherIpNorArp { ethertype }) => {
                    format!("EtherType {ethertype:#06x}")
                }
                Err(_) => "broken".to_owned(),
            };
            if kinds.len() < KINDS || kinds.contains_key(&kind) {
                *kinds.entry(kind).or_default() += 1;
            }
        }
        let mut instead: Vec<_> = kinds.into_iter().collect();
        instead.sort_by_key(|(_, count)| Reverse(*count));
        Self::NoSctp {
            path: path.to_owned(),
            packets,
            fragments,
            instead,
        }
    }
}
