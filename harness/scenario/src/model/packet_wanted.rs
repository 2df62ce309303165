//! Patterns for the packets that a scripted peer receives.

use std::fmt;

use wire::ChunkType;
use wire::build::Sum;
use wire::field::FieldSpec;

/// Packets that are skipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Skip {
    /// Packets with no chunks but those of these types.
    Chunks(Vec<ChunkType>),
    /// All packets other than the awaited one.
    All,
}

/// A pattern for packets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PacketWanted {
    /// Chunks of the packet, in this order; others may stand between them.
    pub chunks: Vec<ChunkWanted>,
    /// Whether the packet has no other chunks.
    pub only: bool,
    /// The verification tag, as written in the scenario.
    pub tag: Option<String>,
    /// Source and destination port, as written in the scenario.
    pub ports: [Option<String>; 2],
    /// Source and destination address, as written in the scenario.
    pub addresses: [Option<String>; 2],
    /// The checksum.
    pub checksum: Option<Sum>,
    /// The carrier of the packet.
    pub carrier: Option<Carrier>,
}

/// The carrier of an SCTP packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carrier {
    /// In an IP packet.
    Ip,
    /// In a UDP datagram (RFC 6951) with this source and this destination port.
    Udp([u16; 2]),
}

impl fmt::Display for Carrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ip => f.write_str("not in UDP"),
            Self::Udp([source, destination]) => {
                write!(f, "in UDP from port {source} to port {destination}")
            }
        }
    }
}

/// A pattern for chunks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChunkWanted {
    /// Type of the chunk.
    pub kind: ChunkType,
    /// Tests of its fields, all of which must hold.
    pub fields: Vec<FieldOfChunk>,
}

/// A test of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldOfChunk {
    /// The field.
    pub field: FieldSpec,
    /// The values as written in the scenario: names begin with `$`.
    pub values: Vec<String>,
    /// Whether the field must not have the values.
    pub not: bool,
    /// Whether the field must have no other values.
    pub exactly: bool,
}

/// Says the packets of which one is wanted.
pub(crate) fn show_either(either: &[PacketWanted], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if either.is_empty() {
        return f.write_str("a packet");
    }
    for (at, packet) in either.iter().enumerate() {
        let separator = if at > 0 { ", or " } else { "" };
        write!(f, "{separator}{packet}")?;
    }
    Ok(())
}

impl fmt::Display for PacketWanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.chunks.is_empty() {
            f.write_str("a packet")?;
        }
        for (at, chunk) in self.chunks.iter().enumerate() {
            let separator = if at > 0 { " | " } else { "" };
            write!(f, "{separator}{chunk}")?;
        }
        if self.only {
            f.write_str(" alone")?;
        }
        let [source_port, destination_port] = &self.ports;
        let [source, destination] = &self.addresses;
        for (name, value) in [
            ("tag", &self.tag),
            ("source-port", source_port),
            ("destination-port", destination_port),
            ("source", source),
            ("destination", destination),
        ] {
            if let Some(value) = value {
                write!(f, ", {name} {value}")?;
            }
        }
        if let Some(carrier) = self.carrier {
            write!(f, ", {carrier}")?;
        }
        Ok(())
    }
}

impl fmt::Display for ChunkWanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)?;
        self.fields
            .iter()
            .try_for_each(|field| write!(f, " {field}"))
    }
}

impl fmt::Display for FieldOfChunk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.not { "≠" } else { "=" };
        write!(f, "{}{sign}", self.field.name)?;
        match (self.values.as_slice(), self.exactly) {
            ([one], false) => f.write_str(one),
            (many, _) => write!(f, "[{}]", many.join(", ")),
        }
    }
}
