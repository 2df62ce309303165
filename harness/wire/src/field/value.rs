//! Names, kinds and values of fields.

use std::borrow::Cow;
use std::fmt;
use std::net::IpAddr;

use bytes::Bytes;

use super::{Pattern, Registry};
use crate::VerificationTag;
use crate::payload::Part;

/// A field of a chunk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Name of the field.
    pub name: &'static str,
    /// Values of the field, in the order on the wire: one, or any number for a list.
    /// Empty if the field is optional and left out.
    pub values: Vec<FieldValue>,
}

/// The description of a field, independent of any chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldSpec {
    /// Name of the field.
    pub name: &'static str,
    /// Meaning of the field, in a few words.
    pub about: &'static str,
    /// Kind of the field's values.
    pub kind: FieldKind,
    /// Whether the field has any number of values, instead of exactly one.
    pub many: bool,
}

/// Kind of a field's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A flag.
    Flag,
    /// A number, in host byte order.
    Number,
    /// A number that has a name.
    Code(Registry),
    /// A payload protocol identifier: a number, or the name of a protocol.
    Ppid,
    /// The name of a procedure, message or command of a protocol above SCTP.
    Procedure,
    /// The role of such a message in an exchange.
    Part,
    /// An IP address.
    Address,
    /// Bytes.
    Bytes,
    /// A range of numbers, both ends included.
    Range,
}

/// One value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldValue {
    /// Whether the flag is set.
    Flag(bool),
    /// A number, in host byte order.
    Number(u64),
    /// A verification tag: a number that is written in hexadecimal.
    Tag(VerificationTag),
    /// A number that has a name.
    Code(Registry, u32),
    /// The name of a procedure, message or command.
    Procedure(Cow<'static, str>),
    /// The role of a message in an exchange.
    Part(Part),
    /// An IP address.
    Address(IpAddr),
    /// Bytes.
    Bytes(Bytes),
    /// A range of numbers, both ends included.
    Range(u16, u16),
}

impl FieldSpec {
    /// The test that `text` means for this field: `true`; `7`, `1..5`, `1..`; the name or
    /// number of a code; an address; `0x0a0b`. `None` where the text means none.
    #[must_use]
    pub fn pattern(&self, text: &str) -> Option<Pattern> {
        Pattern::parse(self.kind, text)
    }

    /// The accepted forms of a value, in words.
    #[must_use]
    pub fn expected(&self) -> &'static str {
        match self.kind {
            FieldKind::Flag => "`true` or `false`",
            FieldKind::Number => "a number such as `3`, or a range such as `1..5`, `1..` or `..5`",
            FieldKind::Code(registry) => registry.expected(),
            FieldKind::Ppid => {
                "a protocol such as `NGAP`, a number such as `60`, or a range such as `60..62`"
            }
            FieldKind::Procedure => "a procedure, message or command such as `NGSetup` or `DWR`",
            FieldKind::Part => "`request`, `answer`, `failure` or `notice`",
            FieldKind::Address => "an address such as `10.0.1.2`",
            FieldKind::Bytes => "bytes in hexadecimal such as `0x0a0b`",
            FieldKind::Range => "two numbers such as `2-3`",
        }
    }
}

impl fmt::Display for FieldKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Flag => "flag",
            Self::Number => "number",
            Self::Code(registry) => registry.what(),
            Self::Ppid => "number or protocol",
            Self::Procedure => "procedure",
            Self::Part => "part",
            Self::Address => "address",
            Self::Bytes => "bytes",
            Self::Range => "range",
        })
    }
}

impl fmt::Display for FieldValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(set) => set.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Tag(tag) => tag.fmt(f),
            Self::Code(registry, number) => match registry.name_of(*number) {
                Some(name) => f.write_str(&name),
                None => number.fmt(f),
            },
            Self::Procedure(name) => f.write_str(name),
            Self::Part(part) => f.write_str(part.name()),
            Self::Address(address) => address.fmt(f),
            Self::Bytes(bytes) => {
                f.write_str("0x")?;
                bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
            Self::Range(first, last) => write!(f, "{first}-{last}"),
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}=", self.name)?;
        match self.values.as_slice() {
            [one] => one.fmt(f),
            many => crate::tlv::show_list(many, f),
        }
    }
}
