//! Link types: the link-layer headers of captured packets.

use std::fmt;

/// The link-layer header of captured packets: a `LINKTYPE_` number of tcpdump.org's list,
/// by which pcap and pcapng files name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkType(pub u16);

impl LinkType {
    /// An Ethernet header.
    pub const ETHERNET: Self = Self(1);
    /// An address family in the byte order of the capturing machine: loopback interfaces
    /// of BSD.
    pub const NULL: Self = Self(0);
    /// An address family in network byte order.
    pub const LOOP: Self = Self(108);
    /// Linux's `any` interface: a header of 16 bytes.
    pub const LINUX_SLL: Self = Self(113);
    /// The newer form of Linux's `any` interface: a header of 20 bytes.
    pub const LINUX_SLL2: Self = Self(276);
    /// An IPv4 or IPv6 header.
    pub const RAW: Self = Self(101);
    /// PPP (RFC 1661).
    pub const PPP: Self = Self(9);
    /// An IPv4 or IPv6 header, under an older number.
    pub const RAW_BSD: Self = Self(12);
    /// An IPv4 or IPv6 header, under OpenBSD's older number.
    pub const RAW_OPENBSD: Self = Self(14);
    /// PPP in HDLC-like framing (RFC 1662).
    pub const PPP_HDLC: Self = Self(50);
    /// A PPPoE header (RFC 2516).
    pub const PPPOE: Self = Self(51);
    /// Cisco's HDLC: an EtherType after two bytes.
    pub const C_HDLC: Self = Self(104);
    /// The first of 16 numbers for private use.
    pub const USER0: Self = Self(147);
    /// An SCTP packet without IP.
    pub const SCTP: Self = Self(248);
    /// An IPv4 header.
    pub const IPV4: Self = Self(228);
    /// An IPv6 header.
    pub const IPV6: Self = Self(229);
}

impl LinkType {
    /// Length of the header before an IP packet, in bytes, for link types whose header
    /// has one fixed length. `None` for all others, such as Ethernet, whose header grows
    /// with its tags.
    #[must_use]
    pub fn header_length(self) -> Option<usize> {
        Some(match self {
            Self::RAW | Self::RAW_BSD | Self::RAW_OPENBSD | Self::IPV4 | Self::IPV6 => 0,
            Self::NULL | Self::LOOP => 4,
            Self::LINUX_SLL => 16,
            Self::LINUX_SLL2 => 20,
            _ => return None,
        })
    }
}

impl fmt::Display for LinkType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match *self {
            Self::ETHERNET => "Ethernet",
            Self::NULL | Self::LOOP => "BSD loopback",
            Self::LINUX_SLL | Self::LINUX_SLL2 => "Linux cooked",
            Self::RAW | Self::RAW_BSD | Self::RAW_OPENBSD | Self::IPV4 | Self::IPV6 => "raw IP",
            Self::PPP | Self::PPP_HDLC => "PPP",
            Self::PPPOE => "PPPoE",
            Self::C_HDLC => "Cisco HDLC",
            Self::SCTP => "SCTP",
            // Link types in which SCTP cannot be found.
            Self(105 | 119 | 127 | 163) => "IEEE 802.11",
            Self(189 | 220) => "USB",
            Self(187 | 201) => "Bluetooth",
            Self(195 | 230) => "IEEE 802.15.4",
            Self(252) => "Wireshark's exported PDUs",
            Self(number) => return write!(f, "{number}"),
        };
        write!(f, "{} ({name})", self.0)
    }
}
