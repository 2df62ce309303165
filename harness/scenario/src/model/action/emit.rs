use std::fmt;

use wire::build::{Item, Sum, Value};

use super::super::EndpointName;
use super::IcmpSaid;

/// Makes a scripted peer send a packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Emit {
    /// The peer.
    pub peer: EndpointName,
    /// The chunks, in their order.
    pub chunks: Vec<Item>,
    /// Bytes after the chunks, or instead of chunks.
    pub bytes: Option<Value>,
    /// An ICMP message instead of an SCTP packet.
    pub icmp: Option<Box<IcmpSaid>>,
    /// Fields of the headers that differ from the usual values.
    pub header: Box<EmitHeader>,
    /// The checksum.
    pub checksum: Sum,
    /// The ports of the UDP datagram that carries the packet, if it is encapsulated (RFC
    /// 6951).
    pub udp: Option<[u16; 2]>,
    /// Values that are remembered, and their names.
    pub bind: Vec<Binding>,
}

/// Fields of an emitted packet's headers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EmitHeader {
    /// The verification tag; by default 0 with an INIT chunk, else the peer's tag.
    pub tag: Option<Value>,
    /// Source and destination port, if they differ from the endpoints' ports.
    pub ports: [Option<Value>; 2],
    /// Source and destination address, if they differ from the endpoints' first
    /// addresses.
    pub addresses: [Option<Value>; 2],
}

/// A name for a value that was received or sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The name.
    pub name: String,
    /// The value.
    pub what: Bound,
}

/// A value that can have a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bound {
    /// A field of the first chunk of that type in the received packet.
    Field(wire::ChunkType, &'static str),
    /// A value, or the value of another name.
    Value(Value),
}

impl fmt::Display for Emit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} says", self.peer)?;
        let mut separator = " ";
        for chunk in &self.chunks {
            write!(f, "{separator}{}", Shortly(chunk))?;
            separator = " | ";
        }
        if let Some(bytes) = &self.bytes {
            write!(f, "{separator}{bytes}")?;
        }
        if let Some(icmp) = &self.icmp {
            write!(f, " {icmp}")?;
        }
        if let Some(tag) = &self.header.tag {
            write!(f, ", tag {tag}")?;
        }
        if let [Some(source), _] = &self.header.addresses {
            write!(f, ", from {source}")?;
        }
        match self.checksum {
            Sum::Good => Ok(()),
            Sum::Wrong => f.write_str(", with a wrong checksum"),
            Sum::Zero => f.write_str(", with no checksum"),
            Sum::Adler32 => f.write_str(", with an Adler-32"),
            Sum::Number(number) => write!(f, ", with checksum {number:#010x}"),
        }
    }
}

/// A chunk without the fields whose values the peer fills in by default.
struct Shortly<'a>(&'a Item);

impl fmt::Display for Shortly<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.kind.fmt(f)?;
        for (slot, value) in &self.0.slots {
            if !crate::step::is_default(self.0.kind, slot, value) {
                write!(f, " {slot}={value}")?;
            }
        }
        Ok(())
    }
}
