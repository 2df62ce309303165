//! Names for what is not SCTP.

use std::fmt;

use etherparse::{ArpOperation, IpNumber};

/// What a frame carries that is neither SCTP nor ICMP. `Display` names it, as in
/// `ARP request` or `UDP 53 to 4711`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Other {
    /// An ARP packet.
    Arp {
        /// 1 is a request, 2 a reply.
        operation: u16,
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
    /// Names the payload of an IP packet, which is neither SCTP nor UDP nor a whole
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
