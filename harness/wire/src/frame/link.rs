//! The link layer.

/// What the bytes of a captured packet begin with: the registry's `LINKTYPE_`
/// numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkType(pub u16);

impl LinkType {
    /// An Ethernet header.
    pub const ETHERNET: Self = Self(1);
    /// An IPv4 or IPv6 header.
    pub const RAW: Self = Self(101);
    /// An IPv4 header.
    pub const IPV4: Self = Self(228);
    /// An IPv6 header.
    pub const IPV6: Self = Self(229);
}

/// The hardware addresses of an Ethernet frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct MacAddresses {
    /// The sender's.
    pub source: [u8; 6],
    /// The receiver's.
    pub destination: [u8; 6],
}
