//! Addresses, as parameters and inside other parameters.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::cursor::Cursor;
use crate::tlv::{self, Tlv, Value, list_value};
use crate::{DecodeError, Expected, Parameter};

/// Address type: the type number of the parameter for addresses of this kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AddressType(pub u16);

impl AddressType {
    /// IPv4.
    pub const IPV4: Self = Self(5);
    /// IPv6.
    pub const IPV6: Self = Self(6);
    /// Host names, which are deprecated.
    pub const HOST_NAME: Self = Self(11);
}

impl fmt::Display for AddressType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::IPV4 => f.write_str("IPv4"),
            Self::IPV6 => f.write_str("IPv6"),
            Self::HOST_NAME => f.write_str("host name"),
            Self(number) => number.fmt(f),
        }
    }
}

list_value!(AddressType, u16, AddressType, |kind: AddressType| kind.0);

/// Reads an IPv4 or IPv6 Address parameter where no other parameter is allowed.
pub(crate) fn decode_address(cursor: &mut Cursor<'_>) -> Result<IpAddr, DecodeError> {
    let at = cursor.offset();
    match tlv::decode_one(cursor)? {
        Parameter::Ipv4Address(address) => Ok(address.into()),
        Parameter::Ipv6Address(address) => Ok(address.into()),
        other => Err(cursor.error(
            at,
            Expected::Value {
                field: "an address parameter (type 5 or 6)",
                found: other.number().into(),
            },
        )),
    }
}

/// Appends an IPv4 or IPv6 Address parameter.
pub(crate) fn encode_address(address: IpAddr, out: &mut Vec<u8>) {
    let parameter = match address {
        IpAddr::V4(address) => Parameter::Ipv4Address(address),
        IpAddr::V6(address) => Parameter::Ipv6Address(address),
    };
    tlv::encode_one(&parameter, out);
}

impl Value for Ipv4Addr {
    fn decode(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        cursor.array::<4>().map(Self::from)
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.octets());
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "={self}")
    }
}

impl Value for Ipv6Addr {
    fn decode(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        cursor.array::<16>().map(Self::from)
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.octets());
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "={self}")
    }
}
