//! The frames of one reading of bpf descriptors.

use std::io;
use std::ops::Range;

use super::bpf::{self, Bpf};
use crate::frames::ReceivedFrame;

/// A buffer for frames, which is reused.
#[derive(Debug)]
pub(crate) struct Batch {
    buffer: Vec<u8>,
    bytes: Vec<u8>,
    frames: Vec<Slot>,
}

#[derive(Debug)]
struct Slot {
    interface: u32,
    at: u64,
    bytes: Range<usize>,
    cut_short: bool,
}

impl Batch {
    /// A buffer with room for one read.
    pub(super) fn new(length: usize) -> Self {
        Self {
            buffer: vec![0; length],
            bytes: Vec::new(),
            frames: Vec::new(),
        }
    }

    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.frames.clear();
    }

    /// Reads all waiting frames of one descriptor.
    pub(super) fn read(&mut self, bpf: &Bpf, interface: u32) -> io::Result<()> {
        let length = bpf.buffer_length()?;
        loop {
            let buffer = self.buffer.get_mut(..length).unwrap_or_default();
            let read = match bpf.read(buffer) {
                Ok(0) => return Ok(()),
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                Err(error) => return Err(error),
            };
            for record in bpf::records(&self.buffer[..read]) {
                let start = self.bytes.len();
                self.bytes.extend_from_slice(record.bytes);
                self.frames.push(Slot {
                    interface,
                    at: record.at,
                    bytes: start..self.bytes.len(),
                    cut_short: record.cut_short,
                });
            }
        }
    }

    /// The frames, in the order of reading.
    pub(super) fn frames(&self) -> impl Iterator<Item = ReceivedFrame<'_>> {
        self.frames.iter().map(|place| ReceivedFrame {
            interface: place.interface,
            at: place.at,
            bytes: &self.bytes[place.bytes.clone()],
            cut_short: place.cut_short,
        })
    }

    /// The frames, in order of time.
    pub(super) fn by_time(&mut self) -> Received<'_> {
        self.frames.sort_by_key(|frame| frame.at);
        Received(self)
    }
}

/// The frames of one reading of all far ends, in order of time.
pub(crate) struct Received<'a>(&'a Batch);

impl Received<'_> {
    /// Whether more frames may be waiting: until a reading finds none.
    pub(crate) fn is_full(&self) -> bool {
        true
    }

    pub(crate) fn frames(&self) -> impl Iterator<Item = ReceivedFrame<'_>> {
        self.0.frames()
    }
}
