//! Frames that carry SCTP packets over a link.
//!
//! [`Frame::decode`] finds the addresses and the SCTP packet, and names the content of
//! other frames; [`Envelope`] puts a packet into a frame; [`Reassembly`] reassembles
//! fragmented IP packets.

mod decode;
mod envelope;
mod error;
mod fragment;
mod icmp;
mod icmp_name;
mod link;
mod other;
mod parts;
mod plain;
mod reassembly;
mod tunnel;

pub use decode::{Frame, Transport};
pub use envelope::{Envelope, UdpPorts};
pub use error::{EncodeError, FrameError};
pub use icmp::{Icmp, Quoted, chunk_heads};
pub use link::MacAddresses;
pub use other::Other;
/// The link-layer header with which a captured packet begins.
#[doc(inline)]
pub use pcapng::LinkType;
pub use reassembly::{Put, Reassembly, Whole};

/// The UDP port for encapsulated SCTP (RFC 6951, section 7), also known as
/// `sctp-tunneling`.
pub const ENCAPSULATION_PORT: u16 = 9899;
