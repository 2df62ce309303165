//! Names of frames that carry neither SCTP nor ICMP.

use std::fmt;

use etherparse::{ArpOperation, IpNumber};

/// The content of a frame that carries neither SCTP nor ICMP. `Display` gives its name,
/// such as `ARP request` or `UDP 53 to 4711`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Other {
    /// An ARP packet.
    Arp {
        /// 1 is a request, 2 a reply.
        operation: u16,
    },
    /// A UDP datagram whose ports are not those of encapsulated SCTP.
    Udp {
        /// Source port.
        source_port: u16,
        /// Destination port.
        destination_port: u16,
    },
    /// A TCP segment.
    Tcp,
    /// A fragment of an IPv4 packet, of any protocol.
    Ipv4Fragment {
        /// Identification of the packet.
        identification: u16,
        /// Offset of the fragment in the packet, in bytes.
        offset: u16,
    },
    /// A fragment of an IPv6 packet, of any protocol.
    Ipv6Fragment,
    /// Any other IP protocol.
    Protocol(u8),
    /// An IP packet whose next header is truncated.
    CutOff(u8),
}

impl Other {
    /// The name for the payload of an IP packet that is neither SCTP nor UDP nor a whole
    /// ICMP message.
    pub(super) fn of_ip(protocol: IpNumber, payload: &[u8]) -> Self {
        match (protocol, payload.first()) {
            (IpNumber::ICMP | IpNumber::IPV6_ICMP, Some(_)) => Self::CutOff(protocol.0),
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
