use std::fmt;

use wire::build::{Item, Sum, Value};

use super::super::EndpointName;
use super::IcmpSaid;

/// Has a scripted peer send a packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Emit {
    /// The peer.
    pub peer: EndpointName,
    /// The chunks, in their order.
    pub chunks: Vec<Item>,
    /// Bytes behind the chunks, or in their place.
    pub bytes: Option<Value>,
    /// In the place of these: an ICMP message.
    pub icmp: Option<Box<IcmpSaid>>,
    /// What its headers say, where that is not as usual.
    pub header: Box<EmitHeader>,
    /// The checksum.
    pub checksum: Sum,
    /// The ports of the UDP datagram that it goes in, if it does (RFC 6951).
    pub udp: Option<[u16; 2]>,
    /// What is remembered, and by which name.
    pub bind: Vec<Binding>,
}

/// What the headers of an emitted packet say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EmitHeader {
    /// The verification tag; `None` is 0 with an INIT chunk, else what the other side
    /// has asked for.
    pub tag: Option<Value>,
    /// Source and destination port, where they are not the two sides' own.
    pub ports: [Option<Value>; 2],
    /// Source and destination address, where they are not the two sides' first.
    pub addresses: [Option<Value>; 2],
}

/// A name for something that came or was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The name.
    pub name: String,
    /// What it is a name for.
    pub what: Bound,
}

/// What can be given a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bound {
    /// A field of the first chunk of that type in the packet that came.
    Field(wire::ChunkType, &'static str),
    /// A value, or what is known by another name.
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

/// A chunk without what its peer would say anyway: values that go by a name.
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
