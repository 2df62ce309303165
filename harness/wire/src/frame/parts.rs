//! Joins the fragments of one IP packet.

use std::collections::BTreeMap;

use super::Whole;
use super::fragment::Fragment;

/// Bytes that are counted for a fragment beside its content.
const AROUND: usize = 96;

/// The fragments of a packet that have arrived.
#[derive(Debug)]
pub(super) struct Parts {
    pub(super) number: u64,
    pub(super) since_ns: u64,
    /// The headers before the payload, once the first fragment has arrived.
    head: Option<Vec<u8>>,
    /// Offset of the IP header in `head`.
    ip: usize,
    /// The fragments by their offset in the payload.
    parts: BTreeMap<usize, Vec<u8>>,
    /// Length of the payload, once the last fragment has arrived.
    length: Option<usize>,
    /// Memory that is counted for the fragments, in bytes.
    pub(super) bytes: usize,
}

impl Parts {
    pub(super) fn new(number: u64, since_ns: u64) -> Self {
        Self {
            number,
            since_ns,
            head: None,
            ip: 0,
            parts: BTreeMap::new(),
            length: None,
            bytes: 0,
        }
    }

    /// Adds a fragment. Returns `false` if it contradicts another one.
    pub(super) fn take(&mut self, fragment: &Fragment, frame: &[u8]) -> bool {
        let bytes = &frame[fragment.payload.clone()];
        let end = fragment.offset + bytes.len();
        if self
            .parts
            .get(&fragment.offset)
            .is_some_and(|it| it == bytes)
        {
            return true;
        }
        let before = self.parts.range(..=fragment.offset).next_back();
        let overlaps_before = before.is_some_and(|(at, part)| at + part.len() > fragment.offset);
        let behind = self.parts.range(fragment.offset..).next();
        let overlaps_behind = behind.is_some_and(|(at, _)| *at < end);
        let last = self.parts.last_key_value();
        let greatest = last.map_or(0, |(at, part)| at + part.len()).max(end);
        let length = match fragment.has_more {
            true => self.length,
            false => Some(*self.length.get_or_insert(end)),
        };
        let contradicts = length.is_some_and(|length| greatest > length);
        let is_second_end = !fragment.has_more && length != Some(end);
        if overlaps_before || overlaps_behind || contradicts || is_second_end {
            return false;
        }
        if fragment.offset == 0 {
            let head = head(fragment, frame);
            self.bytes += head.len();
            self.head = Some(head);
            self.ip = fragment.ip;
        }
        self.bytes += bytes.len() + AROUND;
        self.parts.insert(fragment.offset, bytes.to_vec());
        true
    }

    /// The packet, if all fragments have arrived.
    pub(super) fn whole(&self) -> Option<Whole> {
        let (head, length) = (self.head.as_ref()?, self.length?);
        let there: usize = self.parts.values().map(Vec::len).sum();
        if there != length {
            return None;
        }
        let mut frame = head.clone();
        frame.extend(self.parts.values().flatten());
        seal(&mut frame, self.ip)?;
        Some(Whole {
            packet: self.number,
            frame,
            payload: head.len(),
            fragments: self.parts.len(),
        })
    }
}

/// The headers before the payload, as if the packet had not been fragmented.
fn head(fragment: &Fragment, frame: &[u8]) -> Vec<u8> {
    let mut head = frame[..fragment.payload.start].to_vec();
    match fragment.header {
        // RFC 8200, section 4.5: the field that led to the fragment header now leads to
        // the header after it.
        Some((at, leads)) => {
            head[leads] = head[at];
            head.drain(at..at + 8);
        }
        None => head[fragment.ip + 6..fragment.ip + 8].fill(0),
    }
    head
}

/// Writes the length and the checksum of the IP header. `None` if the packet is too long
/// for the header.
fn seal(frame: &mut [u8], ip: usize) -> Option<()> {
    let length = frame.len() - ip;
    if frame[ip] >> 4 == 6 {
        let length = u16::try_from(length - 40).ok()?;
        frame[ip + 4..ip + 6].copy_from_slice(&length.to_be_bytes());
        return Some(());
    }
    let length = u16::try_from(length).ok()?;
    frame[ip + 2..ip + 4].copy_from_slice(&length.to_be_bytes());
    frame[ip + 10..ip + 12].fill(0);
    let header = ip..ip + usize::from(frame[ip] & 0x0f) * 4;
    // RFC 791, section 3.1: the complement of the ones' complement sum.
    let mut sum: u32 = 0;
    for word in frame[header].as_chunks::<2>().0 {
        sum += u32::from(u16::from_be_bytes(*word));
    }
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    let checksum = !(sum as u16);
    frame[ip + 10..ip + 12].copy_from_slice(&checksum.to_be_bytes());
    Some(())
}
