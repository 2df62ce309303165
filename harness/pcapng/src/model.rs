//! The content of a capture file: sections, interfaces and packets.

use std::borrow::Cow;

use bytes::Bytes;

use super::LinkType;
use super::pcapng::Options;

/// The description of a section. All of it is free text, and optional.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// The machine.
    pub hardware: Option<String>,
    /// The operating system.
    pub os: Option<String>,
    /// The program that wrote the file.
    pub user_application: Option<String>,
    /// Comments on the whole section.
    pub comments: Vec<String>,
}

/// An interface at which packets were captured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interface {
    /// Name of the interface, such as `path-a`.
    pub name: Option<String>,
    /// Description of the interface in words.
    pub description: Option<String>,
    /// Link-layer header of the interface's packets.
    pub link_type: LinkType,
    /// Greatest number of bytes that were kept of a packet; 0 for no limit.
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

/// Index of an interface, from 0, in the order of the interface blocks. In a file of
/// several sections, the index continues from one section to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InterfaceId(pub u32);

/// Direction of a packet, seen from the interface's host.
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
    /// Interface of the packet.
    pub interface: InterfaceId,
    /// Time of the packet: nanoseconds since the start of 1970, UTC, or since another
    /// origin of the capture.
    pub time_ns: u64,
    /// Direction of the packet, if recorded.
    pub direction: Option<Direction>,
    /// Comments on the packet.
    pub comments: Vec<String>,
    /// Length of the packet on the wire; greater than the length of `bytes` if the packet
    /// was truncated.
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

    /// Size of the packet in memory, in bytes: the packet's own bytes and those of its
    /// comments.
    #[must_use]
    pub fn size(&self) -> usize {
        let comments = self.comments.iter().map(String::len);
        self.bytes.len() + comments.sum::<usize>()
    }
}

/// A packet in its reader's buffer. It is valid until the next packet is read.
/// [`CapturedPacket::from`] copies it.
#[derive(Clone, Copy, Debug)]
pub struct PacketRef<'r> {
    /// Interface of the packet.
    pub interface: InterfaceId,
    /// Link-layer header of the packet.
    pub link_type: LinkType,
    /// Time of the packet: see [`CapturedPacket::time_ns`].
    pub time_ns: u64,
    /// Direction of the packet, if recorded.
    pub direction: Option<Direction>,
    /// Length of the packet on the wire; greater than the length of `bytes` if the packet
    /// was truncated.
    pub original_length: u32,
    /// The packet, from the link layer on.
    pub bytes: &'r [u8],
    pub(crate) options: Options<'r>,
}

impl<'r> PacketRef<'r> {
    /// Comments on the packet.
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
