//! ICMP messages, and the packets that ICMP errors quote.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use etherparse::{IpNumber, checksum::Sum16BitWords};

use super::{ENCAPSULATION_PORT, icmp_name};
use crate::{ChunkType, Tsn, kebab};

/// Protocol numbers of SCTP and UDP, which may carry SCTP.
const SCTP: u8 = 132;
const UDP: u8 = 17;

/// An ICMP message (RFC 792) or ICMPv6 message (RFC 4443). `Display` gives its name, such
/// as `ICMP fragmentation needed, MTU 1400` or `ICMPv6 neighbor solicitation`.
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |     Type      |     Code      |          Checksum             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |           unused, or a part of it the MTU                     |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |      of an error: the beginning of the packet it is about     |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Icmp<'a> {
    /// Whether the message is ICMPv6.
    pub is_v6: bool,
    /// Type of the message.
    pub kind: u8,
    /// Code of the message.
    pub code: u8,
    /// The second word, in host byte order.
    word: u32,
    body: &'a [u8],
}

/// The beginning of the packet that an ICMP error quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quoted<'a> {
    /// Source address of the quoted packet.
    pub source: IpAddr,
    /// Destination address of the quoted packet.
    pub destination: IpAddr,
    /// The beginning of the SCTP packet: at least 8 bytes, which contain the ports and
    /// the verification tag.
    pub sctp: &'a [u8],
}

impl<'a> Icmp<'a> {
    /// Decodes a message; `None` if its header of 8 bytes is incomplete.
    pub(super) fn decode(is_v6: bool, message: &'a [u8]) -> Option<Self> {
        let (&[kind, code, _, _, a, b, c, d], body) = message.split_first_chunk()?;
        Some(Self {
            is_v6,
            kind,
            code,
            word: u32::from_be_bytes([a, b, c, d]),
            body,
        })
    }

    /// An error about the packet whose beginning is `body`. `word` is the second word, in
    /// host byte order.
    #[must_use]
    pub fn new(is_v6: bool, (kind, code): (u8, u8), word: u32, body: &'a [u8]) -> Self {
        Self {
            is_v6,
            kind,
            code,
            word,
            body,
        }
    }

    /// The type and code with this name. Upper and lower case are equal, as are blanks
    /// and dashes. The code is 0 where the name stands for every code.
    #[must_use]
    pub fn named(is_v6: bool, name: &str) -> Option<(u8, u8)> {
        let wanted = kebab(name);
        let mut all = icmp_name::all(is_v6).iter();
        let found = all.find(|(_, _, name)| kebab(name) == wanted)?;
        Some((found.0, found.1.unwrap_or(0)))
    }

    /// The names of all errors, in lower case with dashes.
    #[must_use]
    pub fn names_of_errors(is_v6: bool) -> Vec<String> {
        let all = icmp_name::all(is_v6).iter();
        let errors = all.filter(|(kind, code, _)| {
            Icmp::new(is_v6, (*kind, code.unwrap_or(0)), 0, &[]).is_error()
        });
        errors.map(|(_, _, name)| kebab(name)).collect()
    }

    /// The bytes of the message from its type on. The addresses are needed for the
    /// checksum of ICMPv6 (RFC 4443, section 2.3).
    #[must_use]
    pub fn encode(&self, source: IpAddr, destination: IpAddr) -> Vec<u8> {
        let mut bytes = vec![self.kind, self.code, 0, 0];
        bytes.extend(self.word.to_be_bytes());
        bytes.extend_from_slice(self.body);
        let mut sum = Sum16BitWords::new().add_slice(&bytes);
        if let (true, IpAddr::V6(source), IpAddr::V6(destination)) =
            (self.is_v6, source, destination)
        {
            let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
            sum = sum
                .add_16bytes(source.octets())
                .add_16bytes(destination.octets())
                .add_4bytes(length.to_be_bytes())
                .add_4bytes([0, 0, 0, IpNumber::IPV6_ICMP.0]);
        }
        // The sum is in memory order already.
        bytes[2..4].copy_from_slice(&sum.ones_complement().to_ne_bytes());
        bytes
    }

    /// Whether the message is an error, which quotes a packet: RFC 792, and RFC 4443,
    /// section 2.1.
    #[must_use]
    pub fn is_error(&self) -> bool {
        match self.is_v6 {
            false => matches!(self.kind, 3 | 4 | 5 | 11 | 12),
            true => self.kind < 128,
        }
    }

    /// The MTU of the next hop in bytes, if the packet was too big: RFC 1191, section 4,
    /// where older routers say 0, and RFC 4443, section 3.2.
    #[must_use]
    pub fn mtu(&self) -> Option<u32> {
        match (self.is_v6, self.kind, self.code) {
            (false, 3, 4) => Some(self.word & 0xffff).filter(|mtu| *mtu > 0),
            (true, 2, _) => Some(self.word),
            _ => None,
        }
    }

    /// The packet that an error quotes, if the packet carried SCTP and enough of it is
    /// quoted.
    #[must_use]
    pub fn quoted(&self) -> Option<Quoted<'a>> {
        if !self.is_error() {
            return None;
        }
        let (source, destination, protocol, payload) = match self.body.first()? >> 4 {
            4 => {
                let header: &[u8; 20] = self.body.first_chunk()?;
                let length = usize::from(header[0] & 0x0f) * 4;
                let [.., a, b, c, d, e, f, g, h] = *header;
                (
                    Ipv4Addr::from([a, b, c, d]).into(),
                    Ipv4Addr::from([e, f, g, h]).into(),
                    header[9],
                    self.body.get(length.max(20)..)?,
                )
            }
            6 => {
                let (header, payload) = self.body.split_first_chunk::<40>()?;
                let address = |at: usize| {
                    let mut octets = [0; 16];
                    octets.copy_from_slice(&header[at..at + 16]);
                    IpAddr::from(Ipv6Addr::from(octets))
                };
                (address(8), address(24), header[6], payload)
            }
            _ => return None,
        };
        let sctp = match (protocol, payload) {
            (SCTP, sctp) => sctp,
            (UDP, &[a, b, c, d, _, _, _, _, ref sctp @ ..])
                if [[a, b], [c, d]].contains(&ENCAPSULATION_PORT.to_be_bytes()) =>
            {
                sctp
            }
            _ => return None,
        };
        (sctp.len() >= 8).then_some(Quoted {
            source,
            destination,
            sctp,
        })
    }

    fn name(&self) -> Option<&'static str> {
        icmp_name::name_of(self.is_v6, self.kind, self.code)
    }
}

impl fmt::Display for Icmp<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_v6 { "ICMPv6 " } else { "ICMP " })?;
        match self.name() {
            Some(name) => f.write_str(name)?,
            None => write!(f, "type {} code {}", self.kind, self.code)?,
        }
        match self.mtu() {
            Some(mtu) => write!(f, ", MTU {mtu}"),
            None => Ok(()),
        }
    }
}

/// The chunks of an SCTP packet that may be truncated: the type of each chunk, and the
/// TSN of user data, as far as they can be read.
pub fn chunk_heads(sctp: &[u8]) -> impl Iterator<Item = (ChunkType, Option<Tsn>)> {
    let mut rest = sctp.get(12..).unwrap_or_default();
    std::iter::from_fn(move || {
        let kind = ChunkType::from(*rest.first()?);
        let tsn = match (kind, rest) {
            (ChunkType::Data | ChunkType::IData, &[_, _, _, _, a, b, c, d, ..]) => {
                Some(Tsn(u32::from_be_bytes([a, b, c, d])))
            }
            _ => None,
        };
        let length = match *rest {
            [_, _, upper, lower, ..] => usize::from(u16::from_be_bytes([upper, lower])).max(4),
            _ => rest.len(),
        };
        rest = rest.get(length.next_multiple_of(4)..).unwrap_or_default();
        Some((kind, tsn))
    })
}

#[cfg(test)]
mod tests;
