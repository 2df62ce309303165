//! DCEP: opens WebRTC data channels (RFC 8832).

use super::message::{Message, Part};

/// Length of an OPEN message before the label (RFC 8832, section 5.1).
const OPEN_HEADER: usize = 12;

/// Greatest length of a label that is shown.
const SHOWN: usize = 40;

pub(super) fn look(payload: &[u8]) -> Option<Message> {
    let (procedure, part, about) = match *payload {
        [3, ..] => ("DATA_CHANNEL_OPEN", Part::Request, label(payload)),
        [2, ..] => ("DATA_CHANNEL_ACK", Part::Answer, None),
        _ => return None,
    };
    Some(Message {
        protocol: "DCEP",
        procedure: procedure.into(),
        part,
        about: about.unwrap_or_default(),
        exchange: 0,
    })
}

/// The label of the channel, in quotes.
fn label(open: &[u8]) -> Option<String> {
    let (header, rest) = open.split_first_chunk::<OPEN_HEADER>()?;
    let length = usize::from(u16::from_be_bytes([header[8], header[9]]));
    let label = String::from_utf8_lossy(rest.get(..length)?);
    let label: String = label.chars().take(SHOWN).collect();
    Some(format!("\"{label}\""))
}
