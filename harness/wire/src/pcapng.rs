//! Capture files in the pcapng format (draft-ietf-opsawg-pcapng), written and
//! read as streams.
//!
//! The [`Writer`] takes everything that it writes from its caller, so that the
//! same packets give the same bytes on any machine. The [`Reader`] takes what
//! other tools write.
//!
//! ```
//! use sctp_wire::pcapng::{CapturedPacket, Direction, Interface, Reader, Section, Writer};
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

mod blocks;
mod content;
mod error;
mod model;
mod number;
mod reader;
mod time;
mod writer;

pub(crate) use content::Options;
pub use error::{ReadError, ReadErrorKind, WriteError};
pub use model::{CapturedPacket, Direction, Interface, InterfaceId, PacketRef, Section};
pub use reader::Reader;
pub use writer::Writer;

/// Whether a file that begins with these four bytes, read as a little-endian
/// number, is of this format: they are the same in either byte order.
#[must_use]
pub fn is_magic(number: u32) -> bool {
    number == number::SECTION_HEADER
}
