//! The cause by which a restart is refused.

use std::fmt;
use std::net::IpAddr;

use crate::DecodeError;
use crate::cursor::Cursor;
use crate::parameter::{decode_address, encode_address};
use crate::tlv::{Value, show_list};

/// Addresses that an association did not have before it was restarted (RFC
/// 9260, section 3.3.10.11), each an IPv4 or IPv6 Address parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAddresses(pub Vec<IpAddr>);

impl Value for NewAddresses {
    fn decode(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        let mut addresses = Vec::new();
        while !cursor.is_empty() {
            addresses.push(decode_address(cursor)?);
        }
        Ok(Self(addresses))
    }

    fn encode(&self, out: &mut Vec<u8>) {
        for &address in &self.0 {
            encode_address(address, out);
        }
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("=")?;
        show_list(&self.0, f)
    }
}
