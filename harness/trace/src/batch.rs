//! Placed packets, many at a time.

use std::ops::Range;
use std::vec;

use bytes::Bytes;
use recording::{Direction, Packet, Time};

/// As many packets are enough, or as many bytes.
const PACKETS: usize = 1024;
const BYTES: usize = 128 << 10;

/// Packets, with their frames side by side: so many cost little more than one to
/// make, to hand over and to drop.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    packets: Vec<Placed>,
    frames: Vec<u8>,
}

#[derive(Debug)]
struct Placed {
    at: Time,
    interface: usize,
    frame: Range<usize>,
    fault: Option<String>,
}

impl Batch {
    pub(crate) fn new() -> Self {
        Self {
            packets: Vec::with_capacity(PACKETS),
            frames: Vec::with_capacity(BYTES),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.packets.is_empty()
    }

    pub(crate) fn is_full(&self) -> bool {
        self.packets.len() >= PACKETS || self.frames.len() >= BYTES
    }

    /// Adds a packet, whose frame `write` appends; none if that gives none.
    #[inline]
    pub(crate) fn add(
        &mut self,
        at: Time,
        interface: usize,
        fault: Option<String>,
        write: impl FnOnce(&mut Vec<u8>) -> Option<()>,
    ) {
        let start = self.frames.len();
        if write(&mut self.frames).is_some() {
            self.packets.push(Placed {
                at,
                interface,
                frame: start..self.frames.len(),
                fault,
            });
        }
    }

    pub(crate) fn into_packets(self) -> Packets {
        Packets {
            packets: self.packets.into_iter(),
            frames: self.frames.into(),
        }
    }
}

/// The packets of a batch, one after the other.
#[derive(Debug)]
pub(crate) struct Packets {
    packets: vec::IntoIter<Placed>,
    frames: Bytes,
}

impl Iterator for Packets {
    type Item = Packet;

    fn next(&mut self) -> Option<Packet> {
        let placed = self.packets.next()?;
        Some(Packet {
            at: placed.at,
            interface: placed.interface,
            direction: Direction::Out,
            frame: self.frames.slice(placed.frame),
            fault: placed.fault,
        })
    }
}
