//! Stores lines and packets in a file without a name.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::sync::{RwLock, RwLockReadGuard};

use recording::PacketView;
use report::{Hosts, Line};
use wire::frame::LinkType;

use crate::entry::Entry;

/// Number of bytes that are written together.
const TOGETHER: usize = 64 << 10;

/// The stored part of a capture, which can be read while more is written.
#[derive(Debug)]
pub(crate) struct Store {
    file: File,
    places: RwLock<Index>,
}

/// The places of all records in the file.
#[derive(Debug, Default)]
struct Index {
    /// The lines in order: place and number of the packet.
    lines: Vec<(Span, u64)>,
    /// The packets in the order of their numbers.
    packets: Vec<(u64, Span)>,
}

#[derive(Clone, Copy, Debug)]
struct Span {
    start: u64,
    length: u32,
}

/// The bytes of a packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Raw {
    pub(crate) link_type: LinkType,
    pub(crate) bytes: Vec<u8>,
}

/// Access to lines.
pub(crate) trait Lines {
    /// Number of lines so far.
    fn count(&self) -> usize;

    /// The line with this index.
    fn line(&self, number: usize) -> Option<Entry>;

    /// The line of a packet, by its number in the file, or the line before it.
    fn of_packet(&self, packet: u64) -> Option<usize>;
}

impl Store {
    /// An empty store.
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Self {
            file: tempfile::tempfile()?,
            places: RwLock::default(),
        })
    }

    /// A thread that panicked while writing has left whole records.
    fn places(&self) -> RwLockReadGuard<'_, Index> {
        self.places.read().unwrap_or_else(|it| it.into_inner())
    }

    fn read(&self, span: Span) -> Option<Vec<u8>> {
        let mut bytes = vec![0; span.length as usize];
        self.file.read_exact_at(&mut bytes, span.start).ok()?;
        Some(bytes)
    }

    /// The bytes of a packet, by its number in the file.
    pub(crate) fn packet(&self, number: u64) -> Option<Raw> {
        let span = {
            let places = self.places();
            let found = places.packets.binary_search_by_key(&number, |it| it.0);
            places.packets[found.ok()?].1
        };
        let mut bytes = self.read(span)?;
        let link_type = bytes.first_chunk().map(|it| u16::from_be_bytes(*it))?;
        bytes.drain(..2);
        Some(Raw {
            link_type: LinkType(link_type),
            bytes,
        })
    }
}

impl Lines for Store {
    fn count(&self) -> usize {
        self.places().lines.len()
    }

    fn line(&self, number: usize) -> Option<Entry> {
        let (span, _) = *self.places().lines.get(number)?;
        serde_json::from_slice(&self.read(span)?).ok()
    }

    fn of_packet(&self, packet: u64) -> Option<usize> {
        let places = self.places();
        let lines = places.lines.iter().enumerate();
        let before = lines.filter(|(_, (_, number))| *number <= packet);
        before.max_by_key(|(_, (_, number))| *number).map(|it| it.0)
    }
}

/// Writes into a store in large pieces.
#[derive(Debug)]
pub(crate) struct Writer<'s> {
    store: &'s Store,
    waiting: Vec<u8>,
    /// Offset at which the waiting bytes will be written.
    start: u64,
    places: Index,
}

impl<'s> Writer<'s> {
    pub(crate) fn new(store: &'s Store) -> Self {
        Self {
            store,
            waiting: Vec::new(),
            start: 0,
            places: Index::default(),
        }
    }

    /// Adds a packet. The packets' numbers must rise.
    pub(crate) fn packet(&mut self, number: u64, packet: &impl PacketView) -> io::Result<()> {
        let begin = self.waiting.len();
        let LinkType(link_type) = packet.link_type();
        self.waiting.extend(link_type.to_be_bytes());
        self.waiting.extend(packet.bytes());
        let span = self.span(begin);
        self.places.packets.push((number, span));
        self.make_room()
    }

    /// Adds a line.
    pub(crate) fn line(&mut self, line: &Line, hosts: &Hosts) -> io::Result<()> {
        if let Some(entry) = Entry::of(line, hosts) {
            self.entry(&entry)?;
        }
        Ok(())
    }

    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        let begin = self.waiting.len();
        serde_json::to_writer(&mut self.waiting, entry)?;
        let span = self.span(begin);
        self.places
            .lines
            .push((span, entry.frame.unwrap_or_default()));
        self.make_room()
    }

    fn span(&self, begin: usize) -> Span {
        Span {
            start: self.start + begin as u64,
            length: (self.waiting.len() - begin) as u32,
        }
    }

    fn make_room(&mut self) -> io::Result<()> {
        match self.waiting.len() >= TOGETHER {
            true => self.flush(),
            false => Ok(()),
        }
    }

    /// Writes everything, so that readers find it.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.store.file.write_all_at(&self.waiting, self.start)?;
        self.start += self.waiting.len() as u64;
        self.waiting.clear();
        let mut places = match self.store.places.write() {
            Ok(places) => places,
            Err(poisoned) => poisoned.into_inner(),
        };
        places.lines.append(&mut self.places.lines);
        places.packets.append(&mut self.places.packets);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use recording::{Direction, Packet, Time};

    use super::*;

    #[test]
    fn what_is_written_is_read_back_and_packets_without_a_line_have_the_one_before() {
        let store = Store::new().unwrap();
        let mut writer = Writer::new(&store);
        for number in [1, 2, 3, 7] {
            let packet = Packet {
                at: Time::ZERO,
                interface: 0,
                direction: Direction::Out,
                fault: None,
                frame: vec![number as u8; 30_000].into(),
            };
            writer.packet(number, &packet).unwrap();
            if number != 2 {
                let entry = Entry {
                    frame: Some(number),
                    label: format!("DATA {number}"),
                    ..Entry::default()
                };
                writer.entry(&entry).unwrap();
            }
        }
        // The third packet has filled a piece; everything after it waits.
        assert_eq!(store.count(), 1);
        writer.flush().unwrap();
        assert_eq!(store.count(), 3);
        assert_eq!(store.line(1).unwrap().label, "DATA 3");
        assert_eq!(store.line(3), None);
        let raw = store.packet(7).unwrap();
        assert_eq!(
            (raw.link_type, raw.bytes),
            (LinkType::ETHERNET, vec![7; 30_000])
        );
        assert_eq!(store.packet(4), None);
        assert_eq!(store.of_packet(2), Some(0));
        assert_eq!(store.of_packet(7), Some(2));
        assert_eq!(store.of_packet(0), None);
    }
}
