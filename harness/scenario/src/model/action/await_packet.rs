use std::fmt;
use std::time::Duration;

use wire::ChunkType;
use wire::build::Sum;
use wire::field::FieldSpec;

use super::super::EndpointName;
use super::super::words::spoken;
use super::Binding;

/// Waits for a packet at a scripted peer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Await {
    /// The peer.
    pub peer: EndpointName,
    /// What it may be: one of these. None at all is any packet.
    pub either: Vec<PacketWanted>,
    /// Whether it may as well be that nothing comes.
    pub or_nothing: bool,
    /// How soon, from the step's start.
    pub within: Duration,
    /// How soon at the earliest.
    pub not_before: Duration,
    /// Packets that may come first.
    pub skip: Skip,
    /// What is remembered of it, and by which name.
    pub bind: Vec<Binding>,
}

/// Sees to it that nothing comes to a scripted peer for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silence {
    /// The peer.
    pub peer: EndpointName,
    /// For how long.
    pub duration: Duration,
    /// Only packets with these chunks break it; none at all is any packet.
    pub of: Vec<PacketWanted>,
    /// Packets that do not break it.
    pub skip: Skip,
}

/// Which packets are passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Skip {
    /// Those that hold nothing but chunks of these types.
    Chunks(Vec<ChunkType>),
    /// All that are not what is waited for.
    All,
}

/// Which packet is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PacketWanted {
    /// Chunks that it has, in this order; others may stand between them.
    pub chunks: Vec<ChunkWanted>,
    /// Whether it has no others.
    pub only: bool,
    /// The verification tag, as it is written.
    pub tag: Option<String>,
    /// Source and destination port, as they are written.
    pub ports: [Option<String>; 2],
    /// Source and destination address, as they are written.
    pub addresses: [Option<String>; 2],
    /// The checksum.
    pub checksum: Option<Sum>,
    /// In what it comes.
    pub carrier: Option<Carrier>,
}

/// In what an SCTP packet comes.
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

/// Which chunk is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChunkWanted {
    /// Its type.
    pub kind: ChunkType,
    /// What its fields must say, all of them.
    pub fields: Vec<FieldOfChunk>,
}

/// What a field must say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldOfChunk {
    /// The field.
    pub field: FieldSpec,
    /// The values as they are written: names begin with `$`.
    pub values: Vec<String>,
    /// Whether it must not say this.
    pub not: bool,
    /// Whether there may be no others.
    pub exactly: bool,
}

impl fmt::Display for Await {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.peer)?;
        show_either(&self.either, f)?;
        if self.or_nothing {
            f.write_str(", or nothing")?;
        }
        write!(f, " within {}", spoken(self.within))?;
        if !self.not_before.is_zero() {
            write!(f, ", and not before {}", spoken(self.not_before))?;
        }
        Ok(())
    }
}

impl fmt::Display for Silence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.of.is_empty() {
            f.write_str("nothing")?;
        } else {
            f.write_str("no ")?;
            show_either(&self.of, f)?;
        }
        write!(f, " at {} for {}", self.peer, spoken(self.duration))
    }
}

fn show_either(either: &[PacketWanted], f: &mut fmt::Formatter<'_>) -> fmt::Result {
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
