use recording::{PacketView as _, Recording, joined};
use wire::{Checksum, Packet};

use crate::judge::{Seen, Sum};

/// The packets of a recording, as the lab decodes them. What came in IP fragments is
/// seen at the last of them, as tshark does.
pub(crate) fn seen_by_the_lab(recording: &Recording) -> Result<Vec<Seen>, String> {
    let packets = joined(recording.packets.iter()).zip(1..);
    packets
        .map(|(packet, number)| {
            let broken = |what: &str| format!("packet {number}: {what}");
            let frame = packet.frame().map_err(|error| broken(&error.to_string()))?;
            let (chunk_types, checksum) = match frame.sctp() {
                None => (Vec::new(), Sum::None),
                Some(sctp) => {
                    let decoded = Packet::decode(sctp).map_err(|it| broken(&it.to_string()))?;
                    let chunks = decoded.chunks.iter();
                    let checksum = match decoded.checksum {
                        Checksum::Good => Sum::Good,
                        _ => Sum::Bad,
                    };
                    (chunks.map(|it| it.kind().number()).collect(), checksum)
                }
            };
            Ok(Seen {
                interface: recording.interfaces[packet.interface()].to_string(),
                comment: packet.fault().map(str::to_owned),
                chunk_types,
                checksum,
            })
        })
        .collect()
}
