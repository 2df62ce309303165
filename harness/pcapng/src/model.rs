//! What a capture file holds.

use std::borrow::Cow;

use bytes::Bytes;

use super::LinkType;
use super::pcapng::Options;

/// What a section says about how it came to be. All of it is free text, and
/// optional.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// The machine.
    pub hardware: Option<String>,
    /// The operating system.
    pub os: Option<String>,
    /// The program that wrote the file.
    pub user_application: Option<String>,
    /// Remarks on the whole section.
    pub comments: Vec<String>,
}

/// An interface that packets were captured on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interface {
    /// Its name, as in `path-a`.
    pub name: Option<String>,
    /// What it is, in words.
    pub description: Option<String>,
    /// What its packets begin with.
    pub link_type: LinkType,
    /// The most bytes that were kept of a packet; 0 for all.
    pub snapshot_length: u32,
}

impl Interface {
    /// An Ethernet interface, captured in full.
    #[must_use]
    pub fn ethernet(name: impl Into<String>) -> Self {
        Self {
            name: Some(name.into()),
            description: None,
            link_type: LinkType::ETHERNET,
            snapshot_length: 0,
        }
    }
}

/// Which of a capture's interfaces, counted from 0 in the order of their
/// blocks. In a file of several sections the count goes on from one to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InterfaceId(pub u32);

/// Which way a packet went, seen from the interface's host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// The host received it.
    Inbound,
    /// The host sent it.
    Outbound,
}

/// A packet as it was captured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CapturedPacket {
    /// Where.
    pub interface: InterfaceId,
    /// When: nanoseconds since the start of 1970, UTC, or since whatever the
    /// capture counts from.
    pub time_ns: u64,
    /// Which way.
    pub direction: Option<Direction>,
    /// Remarks on it.
    pub comments: Vec<String>,
    /// How many bytes it had; more than `bytes` holds if it was cut short.
    pub original_length: u32,
    /// The packet, from the link layer on.
    pub bytes: Bytes,
}

impl CapturedPacket {
    /// A whole packet without direction and comments.
    #[must_use]
    pub fn new(interface: InterfaceId, time_ns: u64, bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        Self {
            interface,
            time_ns,
            direction: None,
            comments: Vec::new(),
            original_length: u32::try_from(bytes.len()).unwrap_or(u32::MAX),
            bytes,
        }
    }

    /// Bytes that it holds: its own, and those of the remarks on it.
    #[must_use]
    pub fn size(&self) -> usize {
        let comments = self.comments.iter().map(String::len);
        self.bytes.len() + comments.sum::<usize>()
    }
}

/// A packet as it was captured, where its reader has it: to look at, before the
/// next one takes its place. [`CapturedPacket::from`] makes one to keep.
#[derive(Clone, Copy, Debug)]
pub struct PacketRef<'r> {
    /// Where.
    pub interface: InterfaceId,
    /// What its bytes begin with.
    pub link_type: LinkType,
    /// When: see [`CapturedPacket::time_ns`].
    pub time_ns: u64,
    /// Which way.
    pub direction: Option<Direction>,
    /// How many bytes it had; more than `bytes` holds if it was cut short.
    pub original_length: u32,
    /// The packet, from the link layer on.
    pub bytes: &'r [u8],
    pub(crate) options: Options<'r>,
}

impl<'r> PacketRef<'r> {
    /// Remarks on it.
    pub fn comments(&self) -> impl Iterator<Item = Cow<'r, str>> {
        self.options.comments()
    }
}

impl From<PacketRef<'_>> for CapturedPacket {
    fn from(packet: PacketRef<'_>) -> Self {
        Self {
            interface: packet.interface,
            time_ns: packet.time_ns,
            direction: packet.direction,
            comments: packet.comments().map(Cow::into_owned).collect(),
            original_length: packet.original_length,
            bytes: Bytes::copy_from_slice(packet.bytes),
        }
    }
}
