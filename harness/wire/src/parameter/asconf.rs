//! Parameters of address reconfiguration (RFC 5061, section 4.2).

use std::fmt;
use std::net::IpAddr;

use super::{decode_address, encode_address};
use crate::cursor::Cursor;
use crate::tlv::{self, Value};
use crate::{Cause, DecodeError};

/// An address to add, to delete or to make primary (RFC 5061, sections 4.2.1,
/// 4.2.2 and 4.2.4).
///
/// ```text
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |               ASCONF-Request Correlation ID                   |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                       Address Parameter                       |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddressChange {
    /// Correlation ID, which ties the response to this request.
    pub correlation_id: u32,
    /// The address. An unspecified address (all zeros) stands for the packet's source
    /// address where an address is added or made primary. Where addresses are deleted, it
    /// stands for all addresses of the sender but the packet's source address.
    pub address: IpAddr,
}

impl Value for AddressChange {
    fn decode(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            correlation_id: cursor.u32()?,
            address: decode_address(cursor)?,
        })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.correlation_id.to_be_bytes());
        encode_address(self.address, out);
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "={} id={}", self.address, self.correlation_id)
    }
}

/// A request that was refused (RFC 5061, section 4.2.3).
///
/// ```text
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |               ASCONF-Response Correlation ID                  |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                      Error Cause(s) ...                       |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsconfError {
    /// Correlation ID of the request.
    pub correlation_id: u32,
    /// The reasons of the refusal.
    pub causes: Vec<Cause>,
}

impl Value for AsconfError {
    fn decode(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            correlation_id: cursor.u32()?,
            causes: tlv::decode_all(cursor)?,
        })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.correlation_id.to_be_bytes());
        tlv::encode_all(&self.causes, out);
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("=")?;
        tlv::show_list(&self.causes, f)?;
        write!(f, " id={}", self.correlation_id)
    }
}

/// A request that was granted (RFC 5061, section 4.2.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AsconfSuccess {
    /// Correlation ID of the request.
    pub correlation_id: u32,
}

impl Value for AsconfSuccess {
    fn decode(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            correlation_id: cursor.u32()?,
        })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.correlation_id.to_be_bytes());
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, " id={}", self.correlation_id)
    }
}
