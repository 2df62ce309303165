//! What captured packets begin with.

use std::fmt;

/// What the bytes of a captured packet begin with: the registry's `LINKTYPE_`
/// numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkType(pub u16);

impl LinkType {
    /// An Ethernet header.
    pub const ETHERNET: Self = Self(1);
    /// A family of addresses in the capturing machine's byte order: loopback
    /// interfaces of BSD.
    pub const NULL: Self = Self(0);
    /// The same in network byte order.
    pub const LOOP: Self = Self(108);
    /// Linux's `any` interface: a header of 16 bytes.
    pub const LINUX_SLL: Self = Self(113);
    /// The newer form of it: a header of 20 bytes.
    pub const LINUX_SLL2: Self = Self(276);
    /// An IPv4 or IPv6 header.
    pub const RAW: Self = Self(101);
    /// PPP (RFC 1661).
    pub const PPP: Self = Self(9);
    /// An IPv4 or IPv6 header, under two older numbers.
    pub const RAW_BSD: Self = Self(12);
    /// The other one.
    pub const RAW_OPENBSD: Self = Self(14);
    /// PPP in frames like those of HDLC (RFC 1662).
    pub const PPP_HDLC: Self = Self(50);
    /// A PPPoE header (RFC 2516).
    pub const PPPOE: Self = Self(51);
    /// Cisco's HDLC: an EtherType behind two bytes.
    pub const C_HDLC: Self = Self(104);
    /// Anything: the first of 16 numbers for private use.
    pub const USER0: Self = Self(147);
    /// An SCTP packet without IP.
    pub const SCTP: Self = Self(248);
    /// An IPv4 header.
    pub const IPV4: Self = Self(228);
    /// An IPv6 header.
    pub const IPV6: Self = Self(229);
}

impl LinkType {
    /// How many bytes stand before an IP packet; `None` for Ethernet, whose
    /// header grows with its tags, and for what is not known.
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
            // Some that have no SCTP that could be found.
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
