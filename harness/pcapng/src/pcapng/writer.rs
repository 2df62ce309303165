//! Writes pcapng files.

use std::io::Write;

use super::number;
use crate::{CapturedPacket, Direction, Interface, InterfaceId, Section, WriteError};

/// Nanoseconds: 10 to the power of minus 9.
const RESOLUTION: u8 = 9;

/// Writes pcapng: one section, little-endian, with times in nanoseconds.
///
/// Each block is one call of `write_all`: use a [`BufWriter`](std::io::BufWriter) if that
/// is costly. A capture that ends between two blocks is valid.
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
    interfaces: u32,
    block: Vec<u8>,
}

impl<W: Write> Writer<W> {
    /// Starts a capture.
    ///
    /// # Errors
    /// [`WriteError::Io`]; [`WriteError::TooLong`] for a text over 65,535 bytes, or a block
    /// over 16 MiB.
    pub fn new(out: W, section: &Section) -> Result<Self, WriteError> {
        let mut writer = Self {
            out,
            interfaces: 0,
            block: Vec::with_capacity(2048),
        };
        writer.begin(number::SECTION_HEADER);
        writer.put(&number::BYTE_ORDER_MAGIC.to_le_bytes());
        // Version 1.0.
        writer.put(&[1, 0, 0, 0]);
        // The length of the section is not known in advance.
        writer.put(&(-1_i64).to_le_bytes());
        writer.texts(number::OPT_COMMENT, &section.comments)?;
        writer.texts(number::SHB_HARDWARE, &section.hardware)?;
        writer.texts(number::SHB_OS, &section.os)?;
        writer.texts(number::SHB_USERAPPL, &section.user_application)?;
        writer.end()?;
        Ok(writer)
    }

    /// Adds an interface.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn add_interface(&mut self, interface: &Interface) -> Result<InterfaceId, WriteError> {
        self.begin(number::INTERFACE_DESCRIPTION);
        self.put(&interface.link_type.0.to_le_bytes());
        self.put(&[0, 0]);
        self.put(&interface.snapshot_length.to_le_bytes());
        self.texts(number::IF_NAME, &interface.name)?;
        self.texts(number::IF_DESCRIPTION, &interface.description)?;
        self.option(number::IF_TSRESOL, "a resolution", &[RESOLUTION])?;
        self.end()?;
        let id = InterfaceId(self.interfaces);
        self.interfaces += 1;
        Ok(id)
    }

    /// Writes a packet. Packets need not be in the order of time.
    ///
    /// # Errors
    /// As [`new`](Self::new); [`WriteError::TooLong`] for a packet over 8 MiB;
    /// [`WriteError::NoSuchInterface`].
    pub fn write_packet(&mut self, packet: &CapturedPacket) -> Result<(), WriteError> {
        let InterfaceId(interface) = packet.interface;
        if interface >= self.interfaces {
            return Err(WriteError::NoSuchInterface(interface));
        }
        let length = fitting("a packet", packet.bytes.len(), 8 << 20)?;
        self.begin(number::ENHANCED_PACKET);
        self.put(&interface.to_le_bytes());
        // The format demands the upper half of the time first.
        self.put(&((packet.time_ns >> 32) as u32).to_le_bytes());
        self.put(&(packet.time_ns as u32).to_le_bytes());
        self.put(&length.to_le_bytes());
        self.put(&packet.original_length.to_le_bytes());
        self.put(&packet.bytes);
        self.pad();
        self.texts(number::OPT_COMMENT, &packet.comments)?;
        if let Some(direction) = packet.direction {
            let flags = match direction {
                Direction::Inbound => number::INBOUND,
                Direction::Outbound => number::OUTBOUND,
            };
            self.option(number::EPB_FLAGS, "flags", &flags.to_le_bytes())?;
        }
        self.end()
    }

    /// The destination, for taking out what was written.
    pub fn get_mut(&mut self) -> &mut W {
        &mut self.out
    }

    /// Flushes the destination.
    ///
    /// # Errors
    /// [`WriteError::Io`].
    pub fn flush(&mut self) -> Result<(), WriteError> {
        Ok(self.out.flush()?)
    }

    /// Ends the capture, and returns the destination.
    ///
    /// # Errors
    /// [`WriteError::Io`].
    pub fn finish(mut self) -> Result<W, WriteError> {
        self.flush()?;
        Ok(self.out)
    }

    fn begin(&mut self, kind: u32) {
        self.block.clear();
        self.put(&kind.to_le_bytes());
        // Room for the length.
        self.put(&[0; 4]);
    }

    fn put(&mut self, bytes: &[u8]) {
        self.block.extend_from_slice(bytes);
    }

    fn pad(&mut self) {
        self.block.resize(self.block.len().next_multiple_of(4), 0);
    }

    fn texts<'t>(
        &mut self,
        code: u16,
        texts: impl IntoIterator<Item = &'t String>,
    ) -> Result<(), WriteError> {
        for text in texts {
            self.option(code, "a text", text.as_bytes())?;
        }
        Ok(())
    }

    fn option(&mut self, code: u16, what: &'static str, value: &[u8]) -> Result<(), WriteError> {
        let length = fitting(what, value.len(), usize::from(u16::MAX))?;
        self.put(&code.to_le_bytes());
        self.put(&(length as u16).to_le_bytes());
        self.put(value);
        self.pad();
        Ok(())
    }

    /// Writes the block. The end of options is always written, even if there are no
    /// options.
    fn end(&mut self) -> Result<(), WriteError> {
        self.put(&[0; 4]);
        let limit = number::GREATEST;
        let length = fitting("a block", self.block.len() + 4, limit)?.to_le_bytes();
        self.block[4..8].copy_from_slice(&length);
        self.put(&length);
        Ok(self.out.write_all(&self.block)?)
    }
}

fn fitting(what: &'static str, length: usize, limit: usize) -> Result<u32, WriteError> {
    u32::try_from(length)
        .ok()
        .filter(|_| length <= limit)
        .ok_or(WriteError::TooLong {
            what,
            length,
            limit,
        })
}
