//! The assertion `sequence`: chunks that left their nodes in this order.

use std::fmt;

use super::form::assertion;
use super::place::Place;
use super::{AssertionForm, Check, ChunkPlace, Window};
use crate::check::Scope;
use crate::read::{List, record};
use crate::value::{Address, ChunkType, Dscp, Reference, Where};

/// Chunks that left their nodes in this order; others may have come between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sequence {
    /// The chunks, in order. Never empty.
    pub chunks: Vec<ChunkPlace>,
    /// Part of the run.
    pub window: Window,
}

impl fmt::Display for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, chunk) in self.chunks.iter().enumerate() {
            let lead = if index == 0 { "" } else { ", then " };
            write!(f, "{lead}{chunk}")?;
        }
        self.window.fmt(f)
    }
}

assertion! {
    /// Chunks left their nodes in this order; others may have come between.
    struct SequenceForm = "{chunks: [{chunk: INIT, from: client}, {chunk: INIT ACK, from: server}]}" {
        required {
            /// The chunks, in order.
            chunks: List<LinkInChain>,
        }
    }
    shares {window}
}

record! {
    /// One chunk of a sequence.
    struct LinkInChain = "{chunk: INIT, from: client}" {
        required {
            /// Type of the chunk.
            chunk: ChunkType,
        }
        optional {
            /// The node that sent the chunk; any if left out.
            from: Reference,
            /// The link that the chunk left or arrived on; any if left out.
            on: Reference,
            /// The node that the chunk arrived at. If left out, the chunk as it left a
            /// node.
            arrived_at: Reference,
            /// The source address; any if left out.
            source: Address,
            /// The destination address; any if left out.
            destination: Address,
            /// Only if the packet has this differentiated services code point.
            dscp: Dscp,
            /// The type of another chunk in the same packet.
            bundled_with: ChunkType,
            /// Values of the chunk's fields: `{stream: 3, u: true}`.
            r#where: Where,
        }
    }
}

impl AssertionForm for SequenceForm {
    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Check> {
        let window = self.window(scope);
        let list = self.chunks.get()?;
        if list.items.is_empty() && !list.broken {
            scope
                .problems
                .add(
                    self.chunks.spanned()?.span,
                    "this list is empty",
                    "no order",
                )
                .help(format!("a complete one is `{}`", Self::EXAMPLE));
            return None;
        }
        let chunks = list.items.iter().map(|item| {
            let form = &item.value;
            let place = Place {
                chunk: &form.chunk,
                from: &form.from,
                on: &form.on,
                arrived_at: &form.arrived_at,
                source: &form.source,
                destination: &form.destination,
                dscp: &form.dscp,
                bundled_with: &form.bundled_with,
                wanted: &form.r#where,
            };
            place.check(scope)
        });
        let chunks: Vec<_> = chunks.collect();
        Some(Check::Sequence(Sequence {
            chunks: chunks.into_iter().collect::<Option<_>>()?,
            window: window?,
        }))
    }
}
