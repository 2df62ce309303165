use std::fmt;
use std::net::IpAddr;

use wire::frame::{Frame, Transport};

/// One end of what packets go between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct End {
    /// The address.
    pub address: IpAddr,
    /// The port, where that tells two hosts apart: a machine that talks to
    /// itself is shown as two.
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
    /// What it is called.
    pub name: String,
    /// Its ends, and the numbers of their hosts.
    pub ends: [(End, usize); 2],
}

/// What packets of one kind have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Conversation {
    pub(crate) source: IpAddr,
    pub(crate) destination: IpAddr,
    pub(crate) source_port: u16,
    pub(crate) destination_port: u16,
}

impl Conversation {
    /// Of the packet that an ICMP error in a frame is about, as if it were answered.
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

    /// Of the SCTP packet in a frame, and that packet; `None` if there is none,
    /// or its ports are cut off.
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
