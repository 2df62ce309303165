//! The link layer.

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
            Self::RAW | Self::IPV4 | Self::IPV6 => 0,
            Self::NULL | Self::LOOP => 4,
            Self::LINUX_SLL => 16,
            Self::LINUX_SLL2 => 20,
            _ => return None,
        })
    }
}

/// The hardware addresses of an Ethernet frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct MacAddresses {
    /// The sender's.
    pub source: [u8; 6],
    /// The receiver's.
    pub destination: [u8; 6],
}
