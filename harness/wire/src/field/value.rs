//! What a field is called, and what can stand in it.

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
    /// Its name.
    pub name: &'static str,
    /// What stands in it, in the order on the wire: one value, or as many as
    /// there are where the field is a list; none where it is optional and
    /// left out.
    pub values: Vec<FieldValue>,
}

/// What is known of a field without a chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldSpec {
    /// Its name.
    pub name: &'static str,
    /// What it says, in a few words.
    pub about: &'static str,
    /// What its values are.
    pub kind: FieldKind,
    /// Whether there can be any number of values, rather than exactly one.
    pub many: bool,
}

/// What the values of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A flag.
    Flag,
    /// A number, in host byte order.
    Number,
    /// A number that has a name.
    Code(Registry),
    /// A payload protocol identifier: a number that may be written as the name of a
    /// protocol.
    Ppid,
    /// The name of a procedure, message or command of what rides on SCTP.
    Procedure,
    /// What part such a message has in an exchange.
    Part,
    /// An IP address.
    Address,
    /// Bytes.
    Bytes,
    /// From one number to another, both included.
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
    /// What part a message has in an exchange.
    Part(Part),
    /// An IP address.
    Address(IpAddr),
    /// Bytes.
    Bytes(Bytes),
    /// From the first to the second, both included.
    Range(u16, u16),
}

impl FieldSpec {
    /// What `text` means as a value of this field: `true`; `7`, `1..5`,
    /// `1..`; the name or number of a code; an address; `0x0a0b`. `None`
    /// where it means none.
    #[must_use]
    pub fn pattern(&self, text: &str) -> Option<Pattern> {
        Pattern::parse(self.kind, text)
    }

    /// What can be written for a value, in words.
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
