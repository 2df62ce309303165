use recording::Recording;
use wire::Packet;
use wire::frame::Frame;

use crate::judge::Seen;

/// The packets of a recording, as the lab decodes them.
pub(crate) fn seen_by_the_lab(recording: &Recording) -> Result<Vec<Seen>, String> {
    let packets = recording.packets.iter().zip(1..);
    packets
        .map(|(packet, number)| {
            let broken = |what: &str| format!("packet {number}: {what}");
            let frame = Frame::decode(&packet.frame).map_err(|error| broken(&error.to_string()))?;
            let chunk_types = match frame.sctp() {
                None => Vec::new(),
                Some(sctp) => {
                    let decoded = Packet::decode(sctp).map_err(|it| broken(&it.to_string()))?;
                    let chunks = decoded.chunks.iter();
                    chunks.map(|it| it.kind().number()).collect()
                }
            };
            Ok(Seen {
                interface: recording.interfaces[packet.interface].to_string(),
                comment: packet.fault.clone(),
                chunk_types,
            })
        })
        .collect()
}
