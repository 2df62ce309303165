//! Decodes and encodes SCTP packets.
//!
//! - [`Packet`] decodes and encodes SCTP packets: every chunk of RFC 9260 and
//!   its extensions ([`chunk`]), their parameters ([`parameter`]) and error
//!   causes ([`cause`]), with the CRC32c checked and written.
//! - [`build`] makes packets from descriptions, including malformed packets.
//! - [`edit`] changes fields and bytes of encoded packets in place.
//! - [`Glance`] reads chunk types and TSNs of ordinary packets without decoding them.
//! - [`field`] gives the fields of every chunk by name, and tests their values.
//! - [`frame`] finds the SCTP packet in an Ethernet frame or an IP packet,
//!   plain or encapsulated in UDP (RFC 6951), and builds such frames.
//! - [`payload`] names the protocols above SCTP, and their messages by the first bytes.
//!
//! The crate `pcapng-stream` reads and writes capture files.
//!
//! Nothing here opens a file or a socket, and no input causes a panic. Bytes that cannot
//! be decoded give a [`DecodeError`] with the offset of the error.
//!
//! ```
//! use sctp_wire::{Chunk, Packet, Ppid, Ssn, StreamId, Tsn, VerificationTag, chunk::Data};
//!
//! let packet = Packet::new(5000, 5001, VerificationTag(0x1234_5678), vec![
//!     Chunk::Data(Data {
//!         immediate: false,
//!         unordered: false,
//!         beginning: true,
//!         ending: true,
//!         tsn: Tsn(3012),
//!         stream: StreamId(0),
//!         ssn: Ssn(4),
//!         ppid: Ppid(0),
//!         payload: "hello".into(),
//!     }),
//! ]);
//! assert_eq!(packet.to_string(), "DATA tsn=3012 sid=0 ssn=4 ppid=0 len=5 BE");
//! assert_eq!(Packet::decode(&packet.encode())?, packet);
//! # Ok::<(), sctp_wire::DecodeError>(())
//! ```
//!
//! All integers are in host byte order once decoded, and in network byte order on the
//! wire, except the [`Checksum`], whose least significant byte is first on the wire. An
//! application may pass its payload protocol identifier in another byte order: see
//! [`Ppid`].

mod bits;
pub mod build;
pub mod cause;
mod checksum;
pub mod chunk;
mod cursor;
pub mod edit;
mod error;
pub mod field;
pub mod frame;
mod glance;
mod identifier;
mod kebab;
mod packet;
pub mod parameter;
pub mod payload;
mod serial;
mod tlv;

pub use cause::Cause;
pub use checksum::{Checksum, checksum_is_good};
pub use chunk::{Chunk, ChunkType, UnknownChunkName};
pub use error::{DecodeError, Expected};
pub use frame::Frame;
pub use glance::Glance;
pub use identifier::{Ppid, StreamId, VerificationTag};
pub(crate) use kebab::kebab;
pub use packet::{Packet, PartialPacket};
pub use parameter::Parameter;
pub use serial::{Fsn, Mid, Ssn, Tsn};

/// The examples of the README are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadMe;
