//! The chunks that an assertion looks for, and their place: nodes, link, addresses and
//! packet.

use std::fmt;
use std::net::IpAddr;

use wire::field::ChunkPattern;

use crate::check::{Scope, check_where};
use crate::model::{LinkName, NodeName};
use crate::read::{Optional, Required};
use crate::value::{Address, ChunkType, Dscp, Reference, Where};

/// Chunks and their place: as they left a node, or as they arrived at one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChunkPlace {
    /// Type of the chunks, and values of their fields.
    pub pattern: ChunkPattern,
    /// The node that sent the chunks; `None` is any.
    pub from: Option<NodeName>,
    /// The link that the chunks left or arrived on; `None` is any.
    pub on: Option<LinkName>,
    /// The node that the chunks arrived at; `None` means chunks as they left a node.
    pub arrived_at: Option<NodeName>,
    /// The source address; `None` is any.
    pub source: Option<IpAddr>,
    /// The destination address; `None` is any.
    pub destination: Option<IpAddr>,
    /// The differentiated services code point of the packet; `None` is any.
    pub dscp: Option<u8>,
    /// The type of another chunk in the same packet; `None` is any or none.
    pub bundled_with: Option<wire::ChunkType>,
}

impl fmt::Display for ChunkPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pattern.fmt(f)?;
        if let Some(node) = &self.from {
            write!(f, " sent by {node}")?;
        }
        if let Some(node) = &self.arrived_at {
            write!(f, " arrived at {node}")?;
        }
        if let Some(link) = &self.on {
            write!(f, " on {link}")?;
        }
        if let Some(address) = self.source {
            write!(f, " from {address}")?;
        }
        if let Some(address) = self.destination {
            write!(f, " to {address}")?;
        }
        if let Some(dscp) = self.dscp {
            write!(f, " with dscp {dscp}")?;
        }
        if let Some(kind) = self.bundled_with {
            write!(f, " bundled with {kind}")?;
        }
        Ok(())
    }
}

/// The fields for chunks and their place.
pub(crate) struct Place<'f> {
    pub(crate) chunk: &'f Required<ChunkType>,
    pub(crate) from: &'f Optional<Reference>,
    pub(crate) on: &'f Optional<Reference>,
    pub(crate) arrived_at: &'f Optional<Reference>,
    pub(crate) source: &'f Optional<Address>,
    pub(crate) destination: &'f Optional<Address>,
    pub(crate) dscp: &'f Optional<Dscp>,
    pub(crate) bundled_with: &'f Optional<ChunkType>,
    pub(crate) wanted: &'f Optional<Where>,
}

impl Place<'_> {
    pub(crate) fn check(&self, scope: &mut Scope<'_, '_>) -> Option<ChunkPlace> {
        let on = scope.optional(self.on, |scope, on| scope.link(on));
        let link = on.as_ref().and_then(Option::as_ref);
        let from = scope.optional(self.from, |scope, node| scope.end_of(link, node));
        let arrived_at = scope.optional(self.arrived_at, |scope, node| scope.end_of(link, node));
        let source = self.source.check(|address| Some(address.value.0));
        let destination = self.destination.check(|address| Some(address.value.0));
        let dscp = self.dscp.check(|dscp| Some(dscp.value.0));
        let bundled_with = self.bundled_with.check(|chunk| Some(chunk.value.0));
        let pattern = check_where(self.chunk.get()?.0, self.wanted, scope);
        self.one_end(scope)?;
        Some(ChunkPlace {
            pattern: pattern?,
            from: from?,
            on: on?,
            arrived_at: arrived_at?,
            source: source?,
            destination: destination?,
            dscp: dscp?,
            bundled_with: bundled_with?,
        })
    }

    /// Refuses `from` beside `arrived-at`: a packet that arrived shows its source address, but
    /// not the node that sent the packet.
    fn one_end(&self, scope: &mut Scope<'_, '_>) -> Option<()> {
        let (Some(_), Some(from)) = (self.arrived_at.spanned(), self.from.spanned()) else {
            return Some(());
        };
        scope
            .problems
            .add(
                from.span,
                "a chunk is counted where it left or where it arrived",
                "where it left",
            )
            .help("with `arrived-at`, say whose they are by `source`, an address of the sender");
        None
    }
}
