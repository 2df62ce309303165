//! The ABORT chunk: closes an association immediately.

use std::fmt;

use super::Value;
use crate::cursor::Cursor;
use crate::field::{self, Fields, Row};
use crate::{Cause, DecodeError, tlv};

/// The T bit of ABORT and SHUTDOWN COMPLETE chunks.
pub(super) const TAG_REFLECTED: u8 = 0x01;

/// Closes the association without a shutdown (RFC 9260, section 3.3.7).
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |   Type = 6    |  Reserved   |T|            Length             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// \                   zero or more Error Causes                   \
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Abort {
    /// T bit: the sender has no TCB for the packet that it answers, and reflects that
    /// packet's verification tag.
    pub tag_reflected: bool,
    /// The reasons.
    pub causes: Vec<Cause>,
}

impl Value for Abort {
    fn decode(flags: u8, cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            tag_reflected: flags & TAG_REFLECTED != 0,
            causes: tlv::decode_all(cursor)?,
        })
    }

    fn flags(&self) -> u8 {
        TAG_REFLECTED * u8::from(self.tag_reflected)
    }

    fn encode(&self, out: &mut Vec<u8>) {
        tlv::encode_all(&self.causes, out);
    }
}

impl Fields for Abort {
    const FIELDS: &'static [Row<Self>] = &[Row::flag(
        "t",
        "whether the verification tag is reflected",
        |it| it.tag_reflected,
    )];
    const OF_CAUSES: &'static [Row<[Cause]>] = field::OF_CAUSES;

    fn causes(&self) -> &[Cause] {
        &self.causes
    }
}

impl fmt::Display for Abort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.tag_reflected {
            "ABORT T"
        } else {
            "ABORT"
        })?;
        super::show_all(&self.causes, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::StreamId;
    use crate::chunk::assert_on_the_wire;

    #[test]
    fn nobody_is_there() {
        assert_on_the_wire(
            &[6, 1, 0, 4],
            Abort {
                tag_reflected: true,
                causes: vec![],
            },
            "ABORT T",
        );
    }

    #[test]
    fn causes_are_padded_but_for_the_last() {
        assert_on_the_wire(
            &[
                6, 0, 0, 26, 0, 12, 0, 7, b'b', b'y', b'e', 0, 0, 1, 0, 8, 0, 9, 0, 0, 0, 13, 0, 6,
                1, 2, 0, 0,
            ],
            Abort {
                tag_reflected: false,
                causes: vec![
                    Cause::UserInitiatedAbort("bye".into()),
                    Cause::InvalidStreamIdentifier(StreamId(9)),
                    Cause::ProtocolViolation(vec![1, 2].into()),
                ],
            },
            "ABORT [User-Initiated Abort len=3, Invalid Stream Identifier sid=9, \
             Protocol Violation len=2]",
        );
    }
}
