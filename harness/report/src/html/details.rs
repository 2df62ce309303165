//! The decoded fields of a packet, which the page shows when the packet is opened.

use serde::Serialize;
use wire::field::FieldValue;
use wire::{Checksum, Chunk};

use crate::line::{Content, Icmp, PacketLine};

/// Greatest length of a value: a payload may have 64 kB.
const LONGEST_VALUE: usize = 160;

/// Greatest number of chunks of a packet, fields of a chunk and values of a field. Of
/// more, only the number is shown.
const MOST: usize = 64;

/// Name of a chunk, and its fields by name.
#[derive(Debug, Serialize)]
pub(super) struct ChunkDetails {
    name: String,
    fields: Vec<(&'static str, String)>,
}

impl ChunkDetails {
    /// Size of the text in bytes.
    pub(super) fn size(&self) -> usize {
        let fields = self.fields.iter();
        self.name.len()
            + fields
                .map(|(name, value)| name.len() + value.len())
                .sum::<usize>()
    }
}

/// The common header, and further facts about the packet.
pub(super) fn header(line: &PacketLine) -> Vec<(&'static str, String)> {
    let mut fields = Vec::new();
    if let Some(frame) = line.frame {
        fields.push(("frame", frame.to_string()));
    }
    if let Some((source, destination)) = line.addresses {
        fields.push(("source", source.to_string()));
        fields.push(("destination", destination.to_string()));
    }
    if line.dscp != 0 {
        fields.push(("dscp", line.dscp.to_string()));
    }
    let (packet, again, cut) = match &line.content {
        Content::Sctp {
            packet, again, cut, ..
        } => (packet, again, cut),
        Content::Icmp(message) => {
            fields.extend(icmp(message));
            return fields;
        }
        _ => return fields,
    };
    fields.extend([
        ("source-port", packet.packet.source_port.to_string()),
        (
            "destination-port",
            packet.packet.destination_port.to_string(),
        ),
        (
            "verification-tag",
            packet.packet.verification_tag.to_string(),
        ),
    ]);
    let checksum = match packet.packet.checksum {
        _ if cut.is_some() => "unknown: the capture has cut the packet",
        Checksum::Good => "good",
        Checksum::Zero => "zero",
        Checksum::Adler32 => "Adler-32",
        _ => "wrong",
    };
    fields.push(("checksum", checksum.to_owned()));
    if !again.is_empty() {
        let tsns = again.iter().map(|it| it.tsn.0.to_string());
        fields.push(("sent-before", listed(tsns)));
    }
    if let Some(error) = &packet.error
        && cut.is_none()
    {
        fields.push(("broken", error.to_string()));
    }
    fields
}

fn icmp(message: &Icmp) -> Vec<(&'static str, String)> {
    let mut fields = vec![
        ("type", message.kind.to_string()),
        ("code", message.code.to_string()),
    ];
    if let Some(mtu) = message.mtu {
        fields.push(("mtu", mtu.to_string()));
    }
    if let Some(about) = &message.about {
        let (source, destination) = about.addresses;
        fields.push(("about", format!("{source} → {destination}")));
        fields.push(("about-tag", about.verification_tag.to_string()));
    }
    fields
}

pub(super) fn chunks(line: &PacketLine) -> Vec<ChunkDetails> {
    let chunks = line.chunks();
    let more = chunks.len().saturating_sub(MOST);
    let rest = (more > 0).then(|| ChunkDetails {
        name: format!("and {more} more"),
        fields: Vec::new(),
    });
    chunks.iter().take(MOST).map(of_chunk).chain(rest).collect()
}

/// The values, separated by commas.
fn listed(values: impl ExactSizeIterator<Item = String>) -> String {
    let more = values.len().saturating_sub(MOST);
    let mut listed: Vec<String> = values.take(MOST).collect();
    if more > 0 {
        listed.push(format!("and {more} more"));
    }
    listed.join(", ")
}

fn of_chunk(chunk: &Chunk) -> ChunkDetails {
    let fields = chunk.fields();
    let more = fields.len().saturating_sub(MOST);
    let rest = (more > 0).then(|| ("and more", more.to_string()));
    let shown = fields
        .iter()
        .take(MOST)
        .map(|field| (field.name, listed(field.values.iter().map(shown))))
        .filter(|(_, value)| !value.is_empty());
    ChunkDetails {
        name: chunk.kind().to_string(),
        fields: shown.chain(rest).collect(),
    }
}

/// The value. Bytes that are printable text are shown as text, too.
fn shown(value: &FieldValue) -> String {
    let FieldValue::Bytes(bytes) = value else {
        return value.to_string();
    };
    let is_text = |byte: &u8| byte.is_ascii_graphic() || *byte == b' ' || *byte == b'\n';
    let text = match !bytes.is_empty() && bytes.iter().all(is_text) {
        true => String::from_utf8_lossy(bytes).replace('\n', "⏎"),
        false => value.to_string(),
    };
    match text.char_indices().nth(LONGEST_VALUE) {
        Some((end, _)) => format!("{}… ({} bytes)", &text[..end], bytes.len()),
        None => text,
    }
}
