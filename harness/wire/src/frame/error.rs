//! What can go wrong with frames.

use std::net::IpAddr;

use super::LinkType;

/// Why a frame has no addresses to show.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FrameError {
    /// A header is cut off or contradicts itself.
    #[error("a broken frame: {reason}")]
    Broken {
        /// Which header, and what is wrong with it.
        reason: String,
    },
    /// Neither IP nor ARP.
    #[error("a frame of ethertype {ethertype:#06x}, which is neither IP nor ARP")]
    NeitherIpNorArp {
        /// The type that the frame names.
        ethertype: u16,
    },
    /// A capture of something that this crate does not decode.
    #[error("packets of link type {0} cannot be decoded")]
    LinkType(LinkType),
}

/// Why a frame cannot be built.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EncodeError {
    /// One address is of IPv4 and one of IPv6.
    #[error("{source_address} and {destination} are not of one family")]
    MixedFamilies {
        /// The sender's.
        source_address: IpAddr,
        /// The receiver's.
        destination: IpAddr,
    },
    /// The packet does not fit.
    #[error("{length} bytes do not fit into an IP packet")]
    TooLong {
        /// Its length.
        length: usize,
    },
}
