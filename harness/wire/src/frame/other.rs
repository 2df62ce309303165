//! Names for what is not SCTP.

use std::fmt;

use etherparse::{ArpOperation, IpNumber};

/// What a frame without an SCTP packet carries. `Display` names it, as in
/// `ARP request` or `ICMPv6 neighbor solicitation`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Other {
    /// An ARP packet.
    Arp {
        /// 1 is a request, 2 a reply.
        operation: u16,
    },
    /// An ICMP message.
    Icmp {
        /// Its type.
        kind: u8,
    },
    /// An ICMPv6 message; neighbor discovery (NDP) and multicast listener
    /// discovery are among them.
    Icmpv6 {
        /// Its type.
        kind: u8,
    },
    /// A UDP datagram on other ports than those of encapsulated SCTP.
    Udp {
        /// The sender's port.
        source_port: u16,
        /// The receiver's port.
        destination_port: u16,
    },
    /// A TCP segment.
    Tcp,
    /// A part of an IPv4 packet that was taken apart, whatever it carries.
    Ipv4Fragment {
        /// Tells which packet it is a part of.
        identification: u16,
        /// Where the part belongs, in bytes.
        offset: u16,
    },
    /// A part of an IPv6 packet that was taken apart, whatever it carries.
    Ipv6Fragment,
    /// Any other IP protocol.
    Protocol(u8),
    /// A header behind the IP header that is cut off.
    CutOff(u8),
}

impl Other {
    /// Names the payload of an IP packet, which is neither SCTP nor UDP.
    pub(super) fn of_ip(protocol: IpNumber, payload: &[u8]) -> Self {
        match (protocol, payload.first()) {
            (IpNumber::ICMP, Some(&kind)) => Self::Icmp { kind },
            (IpNumber::IPV6_ICMP, Some(&kind)) => Self::Icmpv6 { kind },
            (IpNumber::TCP, Some(_)) => Self::Tcp,
            (IpNumber::ICMP | IpNumber::IPV6_ICMP | IpNumber::TCP, None) => {
                Self::CutOff(protocol.0)
            }
            (IpNumber(number), _) => Self::Protocol(number),
        }
    }
}

impl fmt::Display for Other {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Arp { operation } => match ArpOperation(operation) {
                ArpOperation::REQUEST => f.write_str("ARP request"),
                ArpOperation::REPLY => f.write_str("ARP reply"),
                ArpOperation(number) => write!(f, "ARP operation {number}"),
            },
            Self::Icmp { kind } => match icmp(kind) {
                Some(name) => write!(f, "ICMP {name}"),
                None => write!(f, "ICMP type {kind}"),
            },
            Self::Icmpv6 { kind } => match icmpv6(kind) {
                Some(name) => write!(f, "ICMPv6 {name}"),
                None => write!(f, "ICMPv6 type {kind}"),
            },
            Self::Udp {
                source_port,
                destination_port,
            } => write!(f, "UDP {source_port} to {destination_port}"),
            Self::Tcp => f.write_str("TCP"),
            Self::Ipv4Fragment {
                identification,
                offset,
            } => write!(f, "IPv4 fragment id={identification} offset={offset}"),
            Self::Ipv6Fragment => f.write_str("IPv6 fragment"),
            Self::Protocol(number) => match IpNumber(number).keyword_str() {
                Some(name) => f.write_str(name),
                None => write!(f, "IP protocol {number}"),
            },
            Self::CutOff(number) => match IpNumber(number).keyword_str() {
                Some(name) => write!(f, "{name}, cut off"),
                None => write!(f, "IP protocol {number}, cut off"),
            },
        }
    }
}

/// The types of RFC 792 that are in use.
fn icmp(kind: u8) -> Option<&'static str> {
    Some(match kind {
        0 => "echo reply",
        3 => "destination unreachable",
        5 => "redirect",
        8 => "echo request",
        11 => "time exceeded",
        12 => "parameter problem",
        _ => return None,
    })
}

/// The types of RFC 4443, RFC 4861 (neighbor discovery) and RFC 3810 (multicast
/// listener discovery).
fn icmpv6(kind: u8) -> Option<&'static str> {
    Some(match kind {
        1 => "destination unreachable",
        2 => "packet too big",
        3 => "time exceeded",
        4 => "parameter problem",
        128 => "echo request",
        129 => "echo reply",
        130 => "multicast listener query",
        131 | 143 => "multicast listener report",
        132 => "multicast listener done",
        133 => "router solicitation",
        134 => "router advertisement",
        135 => "neighbor solicitation",
        136 => "neighbor advertisement",
        137 => "redirect",
        _ => return None,
    })
}
