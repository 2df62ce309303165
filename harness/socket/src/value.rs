//! Fields of notifications for display, by their names in RFC 6458.

use std::fmt;
use std::net::IpAddr;

/// The fields of a notification under their names in RFC 6458, in its order.
pub type Fields = Vec<(&'static str, Value)>;

/// Value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number.
    Number(u64),
    /// A constant by its name, such as `SCTP_ADDR_UNREACHABLE`.
    Name(&'static str),
    /// The flags that are set, by name.
    Flags(Vec<&'static str>),
    /// An address. Its port is left out, since all addresses of an association share it.
    Address(IpAddr),
    /// Stream numbers.
    Streams(Vec<u16>),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A value that cannot be named, such as an address of an unknown family.
    Absent,
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Name(name) => f.write_str(name),
            Self::Flags(names) => f.write_str(&names.join("|")),
            Self::Address(address) => address.fmt(f),
            Self::Streams(streams) => {
                let streams: Vec<_> = streams.iter().map(u16::to_string).collect();
                f.write_str(&streams.join(","))
            }
            Self::Bytes(bytes) => bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}")),
            Self::Absent => f.write_str("-"),
        }
    }
}

impl From<u16> for Value {
    fn from(number: u16) -> Self {
        Self::Number(number.into())
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<crate::AssocId> for Value {
    fn from(assoc_id: crate::AssocId) -> Self {
        Self::Number(assoc_id.get().into())
    }
}

/// The names of the flags that are set.
pub(super) fn flags<F: bitflags::Flags>(set: &F) -> Value {
    Value::Flags(set.iter_names().map(|(name, _)| name).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_value_reads_as_expected() {
        let shown = |value: Value| value.to_string();
        assert_eq!(shown(Value::from(7u16)), "7");
        assert_eq!(shown(Value::Name("SCTP_COMM_UP")), "SCTP_COMM_UP");
        assert_eq!(shown(Value::Flags(vec!["A", "B"])), "A|B");
        assert_eq!(shown(Value::Address([10, 0, 1, 2].into())), "10.0.1.2");
        assert_eq!(shown(Value::Streams(vec![1, 2])), "1,2");
        assert_eq!(shown(Value::Bytes(vec![0, 0xff])), "00ff");
        assert_eq!(shown(Value::Absent), "-");
    }
}
