//! The ends of a path, and the conversation that a packet belongs to.

use std::fmt;
use std::net::IpAddr;

use wire::frame::{Frame, Transport};

/// One end of a path: an address, and where needed a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct End {
    /// Address of the end.
    pub address: IpAddr,
    /// Port of the end, where the port tells two hosts apart: a machine that talks to
    /// itself is shown as two hosts.
    pub port: Option<u16>,
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.address, self.port) {
            (address, None) => address.fmt(f),
            (IpAddr::V6(address), Some(port)) => write!(f, "[{address}]:{port}"),
            (IpAddr::V4(address), Some(port)) => write!(f, "{address}:{port}"),
        }
    }
}

/// A path: a pair of addresses between two hosts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// Name of the path.
    pub name: String,
    /// Both ends of the path, with the numbers of their hosts.
    pub ends: [(End, usize); 2],
}

/// The key that all packets of one conversation share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Conversation {
    pub(crate) source: IpAddr,
    pub(crate) destination: IpAddr,
    pub(crate) source_port: u16,
    pub(crate) destination_port: u16,
}

impl Conversation {
    /// The conversation of the packet that an ICMP error quotes, in the direction of an
    /// answer to that packet.
    pub(crate) fn of_icmp(frame: &Frame<'_>) -> Option<Self> {
        let Transport::Icmp(message) = frame.transport else {
            return None;
        };
        let quoted = message.quoted()?;
        let &[a, b, c, d] = quoted.sctp.first_chunk()?;
        Some(Self {
            source: quoted.destination,
            destination: quoted.source,
            source_port: u16::from_be_bytes([c, d]),
            destination_port: u16::from_be_bytes([a, b]),
        })
    }

    /// The conversation of the SCTP packet in a frame, and that packet. `None` if the
    /// frame has none, or its ports are cut off.
    #[inline]
    pub(crate) fn of<'f>(frame: &Frame<'f>) -> Option<(Self, &'f [u8])> {
        let sctp = frame.sctp()?;
        let &[a, b, c, d] = sctp.first_chunk()?;
        let conversation = Self {
            source: frame.source,
            destination: frame.destination,
            source_port: u16::from_be_bytes([a, b]),
            destination_port: u16::from_be_bytes([c, d]),
        };
        Some((conversation, sctp))
    }
}
