//! The packets of a recording, as the lab decodes them.

use bytes::Bytes;
use recording::{PacketView as _, Recording, joined};
use wire::frame::{Other, Transport};
use wire::{Checksum, Packet};

use crate::judge::{Seen, Sum};

/// The packets of a recording, as the lab decodes them, and whether each is an IP fragment.
/// A packet in fragments counts at its last fragment, as tshark counts it.
pub(crate) fn seen_by_the_lab(recording: &Recording) -> Result<Vec<(Seen, bool)>, String> {
    let packets = joined(recording.packets.iter()).zip(1..);
    packets
        .map(|(packet, number)| {
            let broken = |what: &str| format!("packet {number}: {what}");
            let frame = packet.frame().map_err(|error| broken(&error.to_string()))?;
            let (chunk_types, checksum, is_malformed) = match frame.sctp() {
                None => (Vec::new(), Sum::None, false),
                Some(sctp) => {
                    let sctp = Bytes::copy_from_slice(sctp);
                    let decoded = Packet::decode_lenient(&sctp);
                    let decoded = decoded.map_err(|it| broken(&it.to_string()))?;
                    let chunks = decoded.packet.chunks.iter();
                    let checksum = match decoded.packet.checksum {
                        Checksum::Good => Sum::Good,
                        _ => Sum::Bad,
                    };
                    let chunk_types = chunks.map(|it| it.kind().number()).collect();
                    (chunk_types, checksum, decoded.error.is_some())
                }
            };
            let seen = Seen {
                interface: recording.interfaces[packet.interface()].to_string(),
                comment: packet.fault().map(str::to_owned),
                chunk_types,
                checksum,
                is_malformed,
            };
            let is_fragment = matches!(
                frame.transport,
                Transport::Other(Other::Ipv4Fragment { .. } | Other::Ipv6Fragment)
            );
            Ok((seen, is_fragment || packet.fragments() > 1))
        })
        .collect()
}
