use std::fmt;

use ipnet::IpNet;
use wire::field::ChunkPattern;

use super::super::{LinkName, NodeName};

/// The condition of a rule. A frame must match everything that is given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleMatch {
    /// Only frames on this link.
    pub on: Option<LinkName>,
    /// Only frames from this node.
    pub from: Option<NodeName>,
    /// Only frames to this node.
    pub to: Option<NodeName>,
    /// Only packets from an address in this network.
    pub source: Option<IpNet>,
    /// Only packets to an address in this network.
    pub destination: Option<IpNet>,
    /// Only frames of this protocol.
    pub protocol: Option<Protocol>,
    /// Only packets from this port.
    pub source_port: Option<u16>,
    /// Only packets to this port.
    pub destination_port: Option<u16>,
    /// Only IP packets of more bytes.
    pub larger_than: Option<usize>,
    /// Only IP packets of fewer bytes.
    pub smaller_than: Option<usize>,
    /// Only packets with a chunk that matches, alone or bundled.
    pub chunk: Option<ChunkPattern>,
}

/// Protocol of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// SCTP directly after the IP header.
    Sctp,
    /// UDP, with encapsulated SCTP or without.
    Udp,
    /// TCP.
    Tcp,
    /// ICMP or ICMPv6.
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

impl RuleMatch {
    /// Noun for the matching frames: `COOKIE ECHO`, `udp frame`, `frame`.
    pub(super) fn what(&self) -> String {
        match (&self.chunk, self.protocol) {
            (Some(chunk), _) => chunk.to_string(),
            (None, Some(protocol)) => format!("{} frame", protocol.word()),
            (None, None) => "frame".to_owned(),
        }
    }
}

/// Further conditions, each beginning with a blank.
impl fmt::Display for RuleMatch {
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
