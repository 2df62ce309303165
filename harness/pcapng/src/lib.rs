//! Reads and writes capture files as streams, packet by packet.
//!
//! - [`Reader`] reads pcapng (draft-ietf-opsawg-pcapng) and the older pcap
//!   (draft-ietf-opsawg-pcap), in memory that does not grow with the file.
//! - [`Writer`] writes pcapng. Everything that it writes comes from the caller, so the
//!   same packets give the same bytes on any machine.
//! - With the feature `gzip`, `Unpacked` reads files that are compressed by gzip.
//! - [`LinkType`] identifies the link-layer header of packets.
//!
//! Nothing here opens a file, and no input causes a panic. Unreadable input gives a
//! [`ReadError`] with its offset.
//!
//! ```
//! use pcapng_stream::{CapturedPacket, Direction, Interface, Reader, Section, Writer};
//!
//! let mut writer = Writer::new(Vec::new(), &Section::default())?;
//! let path_a = writer.add_interface(&Interface::ethernet("path-a"))?;
//! let mut packet = CapturedPacket::new(path_a, 1_500, vec![0; 60]);
//! packet.direction = Some(Direction::Outbound);
//! packet.comments.push("dropped by the rule `cut`".to_owned());
//! writer.write_packet(&packet)?;
//! let file = writer.finish()?;
//!
//! let mut reader = Reader::new(&file[..])?;
//! let read = reader.next().expect("a packet")?;
//! assert_eq!(read, packet);
//! assert_eq!(reader.interface(read.interface).name.as_deref(), Some("path-a"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod buffered;
mod error;
#[cfg(feature = "gzip")]
mod gzip;
mod link_type;
mod model;
mod pcap;
mod pcapng;
mod reader;

pub use error::{ReadError, ReadErrorKind, WriteError};
#[cfg(feature = "gzip")]
pub use gzip::Unpacked;
pub use link_type::LinkType;
pub use model::{CapturedPacket, Direction, Interface, InterfaceId, PacketRef, Section};
pub use pcapng::Writer;
pub use reader::Reader;

/// The examples of the README are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadMe;
