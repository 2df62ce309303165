//! The condition of a rule.

use std::fmt;

use ipnet::IpNet;
use wire::field::ChunkPattern;

/// The condition of a rule. A frame must match everything that is given; by default, all
/// frames match.
///
/// A fragmented IP packet counts as one packet with the length of its longest fragment.
/// Its fragments are held until all have arrived, for at most a tenth of a second. After
/// that time, each fragment counts as a frame with unknown content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Match {
    /// Only frames on this link.
    pub on: Option<String>,
    /// Only frames that this node sends, including those that it forwards as a router.
    pub from: Option<String>,
    /// Only frames that this node receives, including those that it forwards.
    pub to: Option<String>,
    /// Only IP packets from an address in this network.
    pub source: Option<IpNet>,
    /// Only IP packets to an address in this network.
    pub destination: Option<IpNet>,
    /// Only frames of this protocol.
    pub protocol: Option<Protocol>,
    /// Only packets from this port of SCTP or UDP.
    pub source_port: Option<u16>,
    /// Only packets to this port of SCTP or UDP.
    pub destination_port: Option<u16>,
    /// Only IP packets of more bytes than this.
    pub larger_than: Option<usize>,
    /// Only IP packets of fewer bytes than this.
    pub smaller_than: Option<usize>,
    /// Only SCTP packets with a chunk that matches, alone or bundled, whatever other
    /// faults the packet has.
    pub chunk: Option<ChunkPattern>,
}

/// Protocol of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// SCTP directly after the IP header.
    Sctp,
    /// UDP, with encapsulated SCTP (RFC 6951) or without.
    Udp,
    /// TCP.
    Tcp,
    /// ICMP or ICMPv6, including neighbor discovery.
    Icmp,
    /// ARP.
    Arp,
}

impl Protocol {
    /// Word for the protocol in a scenario.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Protocol::Sctp => "sctp",
            Protocol::Udp => "udp",
            Protocol::Tcp => "tcp",
            Protocol::Icmp => "icmp",
            Protocol::Arp => "arp",
        }
    }
}

impl Match {
    /// Noun for the matching frames: `COOKIE ECHO`, `udp frame`, `frame`.
    pub(super) fn what(&self) -> String {
        match (&self.chunk, self.protocol) {
            (Some(chunk), _) => chunk.to_string(),
            (None, Some(protocol)) => format!("{} frame", protocol.word()),
            (None, None) => "frame".to_owned(),
        }
    }
}

/// The conditions that [`Match::what`] does not name, each with a blank before it.
impl fmt::Display for Match {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fn part(
            f: &mut fmt::Formatter<'_>,
            word: &str,
            value: Option<impl fmt::Display>,
        ) -> fmt::Result {
            value.map_or(Ok(()), |value| write!(f, " {word} {value}"))
        }
        part(f, "from", self.from.as_ref())?;
        part(f, "to", self.to.as_ref())?;
        part(f, "from", self.source.map(shown))?;
        part(f, "to", self.destination.map(shown))?;
        part(f, "from port", self.source_port)?;
        part(f, "to port", self.destination_port)?;
        part(f, "on", self.on.as_ref())?;
        part(f, "of more bytes than", self.larger_than)?;
        part(f, "of fewer bytes than", self.smaller_than)
    }
}

/// A network in the notation of scenarios; a single address without its prefix.
fn shown(net: IpNet) -> String {
    if net.prefix_len() == net.max_prefix_len() {
        net.addr().to_string()
    } else {
        net.to_string()
    }
}
