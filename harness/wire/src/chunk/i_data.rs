//! The I-DATA chunk: carries user data that may be interleaved.

use std::fmt;

use bytes::Bytes;

use super::Value;
use super::data::{data_flags, read_data_flags, show_data_flags};
use crate::cursor::Cursor;
use crate::field::{Fields, Row};
use crate::payload::{self, Message};
use crate::{DecodeError, Fsn, Mid, Ppid, StreamId, Tsn};

/// A message, or a fragment of one. Fragments of other messages may come between its
/// fragments (RFC 8260, section 2.1).
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |   Type = 64   |  Res  |I|U|B|E|       Length = Variable       |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                              TSN                              |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |        Stream Identifier      |           Reserved            |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                      Message Identifier                       |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |    Payload Protocol Identifier / Fragment Sequence Number     |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// \                           User Data                           \
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IData {
    /// I bit: the receiver should send the SACK without delay (RFC 7053).
    pub immediate: bool,
    /// U bit: the message is unordered.
    pub unordered: bool,
    /// E bit: last fragment of the message.
    pub ending: bool,
    /// TSN of this chunk.
    pub tsn: Tsn,
    /// Stream that the message belongs to.
    pub stream: StreamId,
    /// Message identifier, counted separately for ordered and unordered messages of the
    /// stream.
    pub mid: Mid,
    /// Position of the fragment in the message.
    pub fragment: Fragment,
    /// The user data, without padding.
    pub payload: Bytes,
}

/// Position of an I-DATA chunk's fragment in its message: the B bit, and the field that
/// depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fragment {
    /// First or only fragment: the B bit is set, and the fragment sequence number is 0.
    First {
        /// Payload protocol identifier, which the applications agree on.
        ppid: Ppid,
    },
    /// A later fragment.
    Later {
        /// Fragment sequence number, from 1.
        fsn: Fsn,
    },
}

impl Value for IData {
    fn decode(flags: u8, cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        let [immediate, unordered, beginning, ending] = read_data_flags(flags);
        let (tsn, stream, _reserved) = (cursor.u32()?, cursor.u16()?, cursor.u16()?);
        Ok(Self {
            immediate,
            unordered,
            ending,
            tsn: Tsn(tsn),
            stream: StreamId(stream),
            mid: Mid(cursor.u32()?),
            fragment: match (beginning, cursor.u32()?) {
                (true, ppid) => Fragment::First { ppid: Ppid(ppid) },
                (false, fsn) => Fragment::Later { fsn: Fsn(fsn) },
            },
            payload: cursor.rest(),
        })
    }

    fn flags(&self) -> u8 {
        let beginning = matches!(self.fragment, Fragment::First { .. });
        data_flags([self.immediate, self.unordered, beginning, self.ending])
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.tsn.0.to_be_bytes());
        out.extend(self.stream.0.to_be_bytes());
        out.extend([0; 2]);
        out.extend(self.mid.0.to_be_bytes());
        out.extend(match self.fragment {
            Fragment::First { ppid } => ppid.0.to_be_bytes(),
            Fragment::Later { fsn } => fsn.0.to_be_bytes(),
        });
        out.extend_from_slice(&self.payload);
    }
}

impl IData {
    /// Payload protocol identifier, which only the first fragment has.
    #[must_use]
    pub fn ppid(&self) -> Option<Ppid> {
        match self.fragment {
            Fragment::First { ppid } => Some(ppid),
            Fragment::Later { .. } => None,
        }
    }

    /// The message of a known application protocol that begins in this chunk.
    #[must_use]
    pub fn message(&self) -> Option<Message> {
        payload::look(self.ppid()?, &self.payload)
    }
}

impl Fields for IData {
    const FIELDS: &'static [Row<Self>] = &[
        Row::flag("i", "whether the SACK shall come without delay", |it| {
            it.immediate
        }),
        Row::flag("u", "whether the message is unordered", |it| it.unordered),
        Row::flag("b", "whether this is the first fragment", |it| {
            matches!(it.fragment, Fragment::First { .. })
        }),
        Row::flag("e", "whether this is the last fragment", |it| it.ending),
        Row::number("tsn", "numbers the chunk", |it| it.tsn.0.into()),
        Row::number("stream", "the stream", |it| it.stream.0.into()),
        Row::number("mid", "numbers the message in its stream", |it| {
            it.mid.0.into()
        }),
        Row::ppid(
            "ppid",
            "the payload protocol identifier, in the first fragment",
            false,
            IData::ppid,
        ),
        Row::procedure(
            "procedure",
            "which procedure, message or command the first fragment begins",
            IData::message,
        ),
        Row::part(
            "part",
            "what part that message has: request, answer, failure or notice",
            IData::message,
        ),
        Row::number(
            "fsn",
            "numbers the fragment in its message",
            |it| match it.fragment {
                Fragment::First { .. } => 0,
                Fragment::Later { fsn } => fsn.0.into(),
            },
        ),
        Row::number("size", "the length of the user data in bytes", |it| {
            it.payload.len() as u64
        }),
        Row::bytes("payload", "the user data", |it| it.payload.clone()),
    ];
}

impl fmt::Display for IData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (tsn, sid, mid) = (self.tsn, self.stream, self.mid);
        write!(f, "I-DATA tsn={tsn} sid={sid} mid={mid} ")?;
        match self.fragment {
            Fragment::First { ppid } => write!(f, "ppid={ppid}"),
            Fragment::Later { fsn } => write!(f, "fsn={fsn}"),
        }?;
        write!(f, " len={}", self.payload.len())?;
        show_data_flags(self.flags(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chunk::assert_on_the_wire;

    #[test]
    fn a_first_fragment_has_a_ppid() {
        assert_on_the_wire(
            &[
                64, 0x02, 0, 22, 0, 0, 0, 9, 0, 3, 0, 0, 0, 0, 0, 7, 0, 0, 0, 51, b'h', b'i', 0, 0,
            ],
            IData {
                immediate: false,
                unordered: false,
                ending: false,
                tsn: Tsn(9),
                stream: StreamId(3),
                mid: Mid(7),
                fragment: Fragment::First { ppid: Ppid(51) },
                payload: "hi".into(),
            },
            "I-DATA tsn=9 sid=3 mid=7 ppid=51 len=2 B",
        );
    }

    #[test]
    fn a_later_fragment_has_a_fragment_sequence_number() {
        assert_on_the_wire(
            &[
                64, 0x0d, 0, 24, 0, 0, 0, 10, 0, 3, 0, 0, 0, 0, 0, 7, 0, 0, 0, 1, 1, 2, 3, 4,
            ],
            IData {
                immediate: true,
                unordered: true,
                ending: true,
                tsn: Tsn(10),
                stream: StreamId(3),
                mid: Mid(7),
                fragment: Fragment::Later { fsn: Fsn(1) },
                payload: vec![1, 2, 3, 4].into(),
            },
            "I-DATA tsn=10 sid=3 mid=7 fsn=1 len=4 IUE",
        );
    }
}
