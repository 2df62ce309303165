//! The fields of a packet, line by line, and its bytes.

use bytes::Bytes;
use report::escape;
use wire::Packet;
use wire::frame::{Frame, Transport};

use crate::store::Raw;

/// Greatest number of chunks that are shown: a packet has room for 16,000.
const CHUNKS: usize = 200;
/// Greatest number of values of a field that are shown.
const VALUES: usize = 64;
/// Greatest length of a line in bytes, before it is escaped.
const LETTERS: usize = 4000;

/// Number of bytes in a line of hex.
const BYTES: usize = 16;

/// The fields of a packet, then its bytes in hex. All text is escaped.
pub(crate) fn fields(raw: &Raw) -> Vec<String> {
    let mut lines = Vec::new();
    match Frame::decode_captured(raw.link_type, &raw.bytes) {
        Ok(frame) => of_frame(&frame, &mut lines),
        Err(error) => lines.push(error.to_string()),
    }
    lines.push(format!("bytes: {}", raw.bytes.len()));
    lines.extend(raw.bytes.chunks(BYTES).enumerate().map(hex));
    for line in &mut lines {
        line.truncate(line.floor_char_boundary(LETTERS));
        *line = escape(line);
    }
    lines
}

fn of_frame(frame: &Frame<'_>, lines: &mut Vec<String>) {
    lines.push(format!(
        "IP: {} → {}, ttl {}, dscp {}, ecn {}",
        frame.source, frame.destination, frame.ttl, frame.dscp, frame.ecn
    ));
    if let Transport::UdpEncapsulated { ports, .. } = frame.transport {
        lines.push(format!("UDP: {} → {}", ports.source, ports.destination));
    }
    let sctp = match (frame.sctp(), &frame.transport) {
        (Some(sctp), _) => sctp,
        (None, Transport::Icmp(message)) => return lines.push(message.to_string()),
        (None, Transport::Other(other)) => return lines.push(other.to_string()),
        (None, _) => return,
    };
    let partial = match Packet::decode_lenient(&Bytes::copy_from_slice(sctp)) {
        Ok(partial) => partial,
        Err(error) => return lines.push(format!("SCTP: {error}")),
    };
    let packet = &partial.packet;
    let checksum = match frame.truncated {
        true => "cut by the capture".to_owned(),
        false => packet.checksum.to_string(),
    };
    lines.push(format!(
        "SCTP: {} → {}, tag {}, checksum {checksum}",
        packet.source_port, packet.destination_port, packet.verification_tag
    ));
    for chunk in packet.chunks.iter().take(CHUNKS) {
        lines.push(chunk.kind().to_string());
        for field in chunk.fields() {
            let values = field.values.iter().take(VALUES);
            let shown: Vec<String> = values.map(ToString::to_string).collect();
            let more = match field.values.len().saturating_sub(VALUES) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            if !shown.is_empty() {
                lines.push(format!("  {}: {}{more}", field.name, shown.join(", ")));
            }
        }
    }
    if packet.chunks.len() > CHUNKS {
        let more = packet.chunks.len() - CHUNKS;
        lines.push(format!("and {}", report::count(more as u64, "more chunk")));
    }
    if let Some(error) = &partial.error {
        lines.push(match frame.truncated {
            true => "the rest is cut by the capture".to_owned(),
            false => format!("broken: {error}"),
        });
    }
}

/// A line such as `0010  45 00 00 54 …  E..T`.
fn hex((line, bytes): (usize, &[u8])) -> String {
    let numbers: Vec<String> = bytes.iter().map(|it| format!("{it:02x}")).collect();
    let letters = bytes.iter().map(|it| match it {
        b' '..=b'~' => char::from(*it),
        _ => '.',
    });
    let width = 3 * BYTES;
    format!(
        "{:04x}  {:width$} {}",
        line * BYTES,
        numbers.join(" "),
        letters.collect::<String>()
    )
}
