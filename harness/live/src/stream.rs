//! An output that is a pcapng stream to one reader, by a pipe or standard output.

use std::io::Write;
use std::sync::Arc;

use pcapng::{CapturedPacket, WriteError, Writer};

use super::header::Header;
use super::sink::Sink;

/// A pcapng stream to one reader. Packets handed over together are written together. Bytes
/// that cannot be written are dropped: another reader's stream must begin with its header.
pub(crate) struct Stream<W: Write> {
    out: W,
    writer: Option<Writer<Vec<u8>>>,
}

impl<W: Write> Stream<W> {
    pub(crate) fn new(out: W) -> Self {
        Self { out, writer: None }
    }

    fn write_out(&mut self) -> Result<(), WriteError> {
        if let Some(writer) = &mut self.writer {
            let bytes = std::mem::take(writer.get_mut());
            self.out.write_all(&bytes)?;
            self.out.flush()?;
        }
        Ok(())
    }
}

impl<W: Write> Sink for Stream<W> {
    fn begin(&mut self, header: &Arc<Header>) -> Result<(), WriteError> {
        self.writer = Some(header.begin(Vec::new())?);
        self.write_out()
    }

    fn write(&mut self, packets: &[CapturedPacket]) -> Result<(), WriteError> {
        if let Some(writer) = &mut self.writer {
            for packet in packets {
                writer.write_packet(packet)?;
            }
        }
        self.write_out()
    }
}
