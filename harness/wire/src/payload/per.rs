//! The first bytes of messages of the 3GPP's and O-RAN's application protocols.
//!
//! All these messages are encoded in aligned PER (ITU-T X.691), and begin alike:
//!
//! ```text
//! byte 0: which of the three kinds of message: 00, 20, 40 (hexadecimal)
//! byte 1: procedure code
//! byte 2: criticality
//! then the length of what follows, 00, and the number of information elements in
//! 2 bytes; of each its id in 2 bytes, its criticality, its length, and its value
//! ```

use super::message::{Message, Part};

/// A protocol with this encoding.
pub(super) struct Protocol {
    pub(super) name: &'static str,
    pub(super) procedures: &'static [(u8, &'static str)],
    /// Identifier of the information element with the terminal's number at the base
    /// station. The element is one of the first; it tells which request an answer belongs
    /// to.
    pub(super) terminal: Option<u16>,
}

/// Number of elements that are searched for the terminal's number.
const LOOKED_AT: usize = 3;

/// Identifies a message by its first bytes.
pub(super) fn look(protocol: &Protocol, payload: &[u8]) -> Option<Message> {
    let &[kind, code, criticality, ref rest @ ..] = payload else {
        return None;
    };
    let (part, about) = match kind {
        0x00 => (Part::Request, ""),
        0x20 => (Part::Answer, "response"),
        0x40 => (Part::Failure, "failure"),
        _ => return None,
    };
    if criticality & 0x3f != 0 {
        return None;
    }
    let procedures = protocol.procedures;
    let known = procedures.iter().find(|(number, _)| *number == code);
    Some(Message {
        protocol: protocol.name,
        procedure: match known {
            Some((_, name)) => (*name).into(),
            None => format!("procedure {code}").into(),
        },
        part,
        about: about.to_owned(),
        exchange: exchange(code, protocol.terminal.and_then(|id| element(rest, id))),
    })
}

/// The key that request and answer share: the procedure, and the terminal.
fn exchange(code: u8, terminal: Option<&[u8]>) -> u64 {
    let octets = terminal.unwrap_or_default().iter().take(7);
    octets.fold(u64::from(code), |so_far, octet| {
        so_far << 8 | u64::from(*octet)
    })
}

/// The value of an element, if it is one of the first.
fn element(message: &[u8], wanted: u16) -> Option<&[u8]> {
    let (_, body) = length(message)?;
    let &[_, count, more, ref elements @ ..] = body else {
        return None;
    };
    let count = usize::from(u16::from_be_bytes([count, more]));
    let mut rest = elements;
    for _ in 0..count.min(LOOKED_AT) {
        let &[id, low, _, ref behind @ ..] = rest else {
            return None;
        };
        let (length, behind) = length(behind)?;
        let value = behind.get(..length)?;
        if u16::from_be_bytes([id, low]) == wanted {
            return Some(value);
        }
        rest = &behind[length..];
    }
    None
}

/// A length in one byte or two (X.691, section 11.9). Longer values are fragmented, and
/// are not decoded.
fn length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    match *bytes {
        [short @ 0..=0x7f, ref rest @ ..] => Some((short.into(), rest)),
        [upper @ 0x80..=0xbf, lower, ref rest @ ..] => {
            let length = u16::from_be_bytes([upper & 0x3f, lower]);
            Some((length.into(), rest))
        }
        _ => None,
    }
}
