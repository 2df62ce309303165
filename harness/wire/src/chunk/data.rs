//! The DATA chunk: carries user data.

use std::fmt;

use bytes::Bytes;

use super::Value;
use crate::cursor::Cursor;
use crate::field::{Fields, Row};
use crate::payload::{self, Message};
use crate::{DecodeError, Ppid, Ssn, StreamId, Tsn};

const ENDING: u8 = 0x01;
const BEGINNING: u8 = 0x02;
const UNORDERED: u8 = 0x04;
const IMMEDIATE: u8 = 0x08;

/// A message, or a fragment of one (RFC 9260, section 3.3.1).
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |   Type = 0    |  Res  |I|U|B|E|            Length             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                              TSN                              |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |      Stream Identifier S      |   Stream Sequence Number n    |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                 Payload Protocol Identifier                   |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// \                User Data (seq n of Stream S)                  \
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// A chunk without user data, for which the receiver aborts the association, is decoded
/// like any other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Data {
    /// I bit: the receiver should send the SACK without delay (RFC 7053).
    pub immediate: bool,
    /// U bit: the message is unordered, and `ssn` has no meaning.
    pub unordered: bool,
    /// B bit: first fragment of the message.
    pub beginning: bool,
    /// E bit: last fragment of the message.
    pub ending: bool,
    /// TSN of this chunk.
    pub tsn: Tsn,
    /// Stream that the message belongs to.
    pub stream: StreamId,
    /// Stream sequence number of the message.
    pub ssn: Ssn,
    /// Payload protocol identifier, which the applications agree on.
    pub ppid: Ppid,
    /// The user data, without padding.
    pub payload: Bytes,
}

impl Value for Data {
    fn decode(flags: u8, cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        let [immediate, unordered, beginning, ending] = read_data_flags(flags);
        Ok(Self {
            immediate,
            unordered,
            beginning,
            ending,
            tsn: Tsn(cursor.u32()?),
            stream: StreamId(cursor.u16()?),
            ssn: Ssn(cursor.u16()?),
            ppid: Ppid(cursor.u32()?),
            payload: cursor.rest(),
        })
    }

    fn flags(&self) -> u8 {
        data_flags([self.immediate, self.unordered, self.beginning, self.ending])
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.tsn.0.to_be_bytes());
        out.extend(self.stream.0.to_be_bytes());
        out.extend(self.ssn.0.to_be_bytes());
        out.extend(self.ppid.0.to_be_bytes());
        out.extend_from_slice(&self.payload);
    }
}

/// The flags of DATA and I-DATA chunks, from the left in the RFC's diagram.
const FLAGS: [u8; 4] = [IMMEDIATE, UNORDERED, BEGINNING, ENDING];

/// The flags byte from the bits I, U, B, E of DATA and I-DATA chunks.
pub(super) fn data_flags(set: [bool; 4]) -> u8 {
    FLAGS
        .iter()
        .zip(set)
        .map(|(bit, set)| bit * u8::from(set))
        .sum()
}

/// The bits I, U, B, E of DATA and I-DATA chunks.
pub(super) fn read_data_flags(flags: u8) -> [bool; 4] {
    FLAGS.map(|bit| flags & bit != 0)
}

/// Shows the flags as letters in the order of the RFC's diagram, after a blank; nothing
/// if none is set.
pub(super) fn show_data_flags(flags: u8, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut blank = " ";
    for (set, letter) in read_data_flags(flags).into_iter().zip(["I", "U", "B", "E"]) {
        if set {
            write!(f, "{blank}{letter}")?;
            blank = "";
        }
    }
    Ok(())
}

impl Data {
    /// The message of a known application protocol that begins in this chunk.
    #[must_use]
    pub fn message(&self) -> Option<Message> {
        let begins = self.beginning.then_some(self.ppid)?;
        payload::look(begins, &self.payload)
    }
}

impl Fields for Data {
    const FIELDS: &'static [Row<Self>] = &[
        Row::flag("i", "whether the SACK shall come without delay", |it| {
            it.immediate
        }),
        Row::flag("u", "whether the message is unordered", |it| it.unordered),
        Row::flag("b", "whether this is the first fragment", |it| it.beginning),
        Row::flag("e", "whether this is the last fragment", |it| it.ending),
        Row::number("tsn", "numbers the chunk", |it| it.tsn.0.into()),
        Row::number("stream", "the stream", |it| it.stream.0.into()),
        Row::number("ssn", "numbers the message in its stream", |it| {
            it.ssn.0.into()
        }),
        Row::ppid("ppid", "the payload protocol identifier", true, |it| {
            Some(it.ppid)
        }),
        Row::procedure(
            "procedure",
            "which procedure, message or command the first fragment begins",
            Data::message,
        ),
        Row::part(
            "part",
            "what part that message has: request, answer, failure or notice",
            Data::message,
        ),
        Row::number("size", "the length of the user data in bytes", |it| {
            it.payload.len() as u64
        }),
        Row::bytes("payload", "the user data", |it| it.payload.clone()),
    ];
}

impl fmt::Display for Data {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (tsn, sid, ssn, ppid) = (self.tsn, self.stream, self.ssn, self.ppid);
        let len = self.payload.len();
        write!(
            f,
            "DATA tsn={tsn} sid={sid} ssn={ssn} ppid={ppid} len={len}"
        )?;
        show_data_flags(self.flags(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chunk::assert_on_the_wire;

    #[test]
    fn a_whole_message() {
        assert_on_the_wire(
            &[
                0, 0x03, 0, 21, 0, 0, 0x0b, 0xc4, 0, 1, 0, 4, 0, 0, 0, 51, b'h', b'e', b'l', b'l',
                b'o', 0, 0, 0,
            ],
            Data {
                immediate: false,
                unordered: false,
                beginning: true,
                ending: true,
                tsn: Tsn(3012),
                stream: StreamId(1),
                ssn: Ssn(4),
                ppid: Ppid(51),
                payload: "hello".into(),
            },
            "DATA tsn=3012 sid=1 ssn=4 ppid=51 len=5 BE",
        );
    }

    #[test]
    fn a_middle_fragment_that_is_unordered_and_urgent() {
        assert_on_the_wire(
            &[
                0, 0x0c, 0, 17, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0,
            ],
            Data {
                immediate: true,
                unordered: true,
                beginning: false,
                ending: false,
                tsn: Tsn(u32::MAX),
                stream: StreamId(0),
                ssn: Ssn(0),
                ppid: Ppid(0),
                payload: vec![7].into(),
            },
            "DATA tsn=4294967295 sid=0 ssn=0 ppid=0 len=1 IU",
        );
    }
}
