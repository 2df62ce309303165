//! Errors of decoding and encoding frames.

use std::net::IpAddr;

use super::LinkType;

/// The reason why a frame has no addresses.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FrameError {
    /// A header is truncated or inconsistent.
    #[error("a broken frame: {reason}")]
    Broken {
        /// The header, and its fault.
        reason: String,
    },
    /// The frame carries neither IP nor ARP.
    #[error("a frame of ethertype {ethertype:#06x}, which is neither IP nor ARP")]
    NeitherIpNorArp {
        /// EtherType of the frame.
        ethertype: u16,
    },
    /// A link type that this crate does not decode.
    #[error("packets of link type {0} cannot be decoded")]
    LinkType(LinkType),
}

/// The reason why a frame cannot be encoded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EncodeError {
    /// One address is an IPv4 address and the other an IPv6 address.
    #[error("{source_address} and {destination} are not of one family")]
    MixedFamilies {
        /// Source address.
        source_address: IpAddr,
        /// Destination address.
        destination: IpAddr,
    },
    /// The packet is too long for its IP header.
    #[error("{length} bytes do not fit into an IP packet")]
    TooLong {
        /// Length of the packet in bytes.
        length: usize,
    },
}
