//! The step `emit`: a scripted peer sends a packet.

use std::fmt;

use wire::build::{Holds, Item, Slot, Sum, Value};

use super::icmp::IcmpForm;
use super::script::filled;
use super::{Action, IcmpSaid, StepForm, is_default};
use crate::check::Scope;
use crate::diagnostic::{Span, Spanned};
use crate::model::EndpointName;
use crate::read::{Optional, Short, Shortly, record};
use crate::value::{
    Binding, Bindings, ChecksumForm, Chunks, HeaderValue, Name, Port, Reference, Text,
};

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
    /// Source and destination port, if the step names them.
    pub ports: [Option<Value>; 2],
    /// Source and destination address, if the step names them.
    pub addresses: [Option<Value>; 2],
}

impl fmt::Display for Emit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} says", self.peer)?;
        let mut separator = " ";
        for chunk in &self.chunks {
            write!(f, "{separator}{}", WithoutDefaults(chunk))?;
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
struct WithoutDefaults<'a>(&'a Item);

impl fmt::Display for WithoutDefaults<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.kind.fmt(f)?;
        for (slot, value) in &self.0.slots {
            if !is_default(self.0.kind, slot, value) {
                write!(f, " {slot}={value}")?;
            }
        }
        Ok(())
    }
}

record! {
    /// Makes a scripted peer send a packet.
    struct EmitForm = "{chunks: [sack, {data: {payload: 100 bytes}}]}" {
        optional {
            /// The peer; the only one if left out.
            peer: Reference,
            /// The chunks, in this order. Without other keys they stand alone: `emit:
            /// init`.
            chunks: Chunks,
            /// Bytes after the chunks, or instead of chunks: `0x01000060`.
            bytes: Text,
            /// Instead of `chunks`: an ICMP message about an SCTP packet (RFC 9260,
            /// section 10). In this case `source` and `destination` are those of the ICMP
            /// message, and `checksum` is `good` or `wrong`.
            icmp: Shortly<IcmpForm>,
            /// The verification tag: `0`, `$tag`. If left out, 0 with an INIT, else the
            /// correct tag, `$peer-tag`.
            tag: HeaderValue,
            /// The source port; the peer's own if left out.
            source_port: HeaderValue,
            /// The destination port; the other side's if left out.
            destination_port: HeaderValue,
            /// The source address, which need not belong to the peer; if left out, the peer's
            /// first address of the destination's family.
            source: HeaderValue,
            /// The destination address; if left out, the first address of the other side on a
            /// link with the peer, or else the first of all.
            destination: HeaderValue,
            /// The checksum: `good` (the default), `wrong`, `zero`, `adler-32`, or a
            /// number.
            checksum: ChecksumForm,
            /// The ports of the UDP datagram that carries the packet (RFC 6951). If left
            /// out, the packet is not encapsulated.
            udp: UdpForm,
            /// Values that are remembered, by name: `{old-tag: $peer-tag}`.
            bind: Bindings,
            /// A name for this step.
            r#as: Name,
        }
    }
}

record! {
    /// The ports of a UDP datagram.
    struct UdpForm = "{source: 9899, destination: 9899}" {
        required {
            /// The source port.
            source: Port,
            /// The destination port.
            destination: Port,
        }
    }
}

impl UdpForm {
    /// The source and the destination port.
    pub(super) fn ports(&self) -> Option<[u16; 2]> {
        let (source, destination) = (self.source.get()?, self.destination.get()?);
        Some([source.0.get(), destination.0.get()])
    }
}

impl Short for EmitForm {
    const KEY: &'static str = "chunks";
}

impl StepForm for EmitForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let peer = scope.scripted(&self.peer)?;
        let chunks = self.check_chunks(&peer, scope)?;
        let bytes = self.check_bytes(&peer, scope)?;
        self.refuse_beside_icmp(scope);
        let icmp = scope.optional(&self.icmp, |scope, icmp| icmp.value.0.check(&peer, scope))?;
        if self.chunks.is_absent() && self.bytes.is_absent() && self.icmp.is_absent() {
            scope
                .problems
                .add(scope.own_span, "this packet holds nothing", "no chunks")
                .help(format!("a complete one is `emit: {}`", Self::EXAMPLE));
        }
        let mut header = |field| header(field, &peer, scope);
        let tag = header(&self.tag)?;
        let ports = [header(&self.source_port)?, header(&self.destination_port)?];
        let addresses = [header(&self.source)?, header(&self.destination)?];
        let udp = self.udp.check(|udp| udp.value.ports())?;
        let bind = scope.bindings(&peer, &self.bind)?;
        Some(Action::Emit(Emit {
            peer,
            chunks,
            bytes,
            icmp: icmp.map(Box::new),
            header: Box::new(EmitHeader {
                tag,
                ports,
                addresses,
            }),
            checksum: self.checksum.get().map_or_else(Default::default, |it| it.0),
            udp,
            bind,
        }))
    }
}

impl EmitForm {
    /// Keys for an SCTP packet are wrong beside an ICMP message.
    fn refuse_beside_icmp(&self, scope: &mut Scope<'_, '_>) {
        if self.icmp.is_absent() {
            return;
        }
        let checksum = self.checksum.spanned();
        let checksum = checksum.filter(|it| !matches!(it.value.0, Sum::Good | Sum::Wrong));
        let of_sctp: [(&str, Option<Span>); 7] = [
            ("chunks", self.chunks.span()),
            ("bytes", self.bytes.span()),
            ("tag", self.tag.span()),
            ("source-port", self.source_port.span()),
            ("destination-port", self.destination_port.span()),
            ("udp", self.udp.span()),
            ("checksum", checksum.map(|it| it.span)),
        ];
        for (key, span) in of_sctp {
            let Some(span) = span else { continue };
            scope
                .problems
                .add(
                    span,
                    format!("an ICMP message has no such `{key}`"),
                    "of SCTP",
                )
                .help(match key {
                    "tag" => "say the tag of the quoted packet: `icmp: {message: …, tag: 0}`",
                    "checksum" => "its checksum is `good` or `wrong`",
                    _ => "leave it out, or `icmp`",
                });
        }
    }

    fn check_chunks(&self, peer: &EndpointName, scope: &mut Scope<'_, '_>) -> Option<Vec<Item>> {
        let chunks = scope.optional(&self.chunks, |scope, chunks| {
            let items: Vec<Item> = chunks.value.0.iter().cloned().map(filled).collect();
            scope.knows_all(peer, &items, chunks.span);
            scope.has_keys(peer, &items, chunks.span);
            Some(items)
        })?;
        Some(chunks.unwrap_or_default())
    }

    fn check_bytes(&self, peer: &EndpointName, scope: &mut Scope<'_, '_>) -> Option<Option<Value>> {
        bytes(&self.bytes, "bytes", "these are no bytes", peer, scope)
    }
}

/// Bytes. A name in them must be known to the peer at this step.
pub(super) fn bytes(
    field: &Optional<Text>,
    name: &'static str,
    complaint: &'static str,
    peer: &EndpointName,
    scope: &mut Scope<'_, '_>,
) -> Option<Option<Value>> {
    scope.optional(field, |scope, text| {
        let slot = Slot {
            name,
            holds: Holds::Bytes,
        };
        let value = slot.parse(&text.value.0);
        match &value {
            Some(Value::Later(later)) => scope.knows(peer, later, text.span),
            Some(_) => {}
            None => {
                scope
                    .problems
                    .add(text.span, complaint, "here")
                    .help(format!("write {}", slot.expected()));
            }
        }
        value
    })
}

/// A value of a header. A name in it must be known to the peer at this step.
pub(super) fn header(
    field: &Optional<HeaderValue>,
    peer: &EndpointName,
    scope: &mut Scope<'_, '_>,
) -> Option<Option<Value>> {
    scope.optional(field, |scope, value| {
        if let Some(later) = value.value.name() {
            scope.knows(peer, later, value.span);
        }
        Some(value.value.0.clone())
    })
}
