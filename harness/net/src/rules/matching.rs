//! Which frames a rule is about.

use std::cell::OnceCell;

use bytes::Bytes;
use wire::{Chunk, ChunkType, Packet};

use crate::error::NetError;
use crate::layout::{Layout, PortId};

/// Which frames a rule is about: those that fit everything that is given. By
/// default, all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Match {
    /// Only frames on this link.
    pub on: Option<String>,
    /// Only frames that this node puts on a link; a router does so with the
    /// frames that it forwards, too.
    pub from: Option<String>,
    /// Only SCTP packets that hold a chunk of this type, alone or bundled with
    /// others, whatever else is wrong with them. A packet that IP has
    /// fragmented does not show its chunks.
    pub chunk: Option<ChunkType>,
}

impl Match {
    pub(super) fn resolve(&self, layout: &Layout) -> Result<Matcher, NetError> {
        let on = self
            .on
            .as_ref()
            .map(|name| layout.link(name).ok_or(NetError::UnknownLink(name.clone())))
            .transpose()?;
        let from = self
            .from
            .as_ref()
            .map(|name| layout.node(name).ok_or(NetError::UnknownNode(name.clone())))
            .transpose()?;
        if let (Some(link), Some(node)) = (on, from)
            && layout.end(link, node).is_none()
        {
            return Err(NetError::NotAnEnd {
                link: layout.links[link].name.clone(),
                node: layout.nodes[node].name.clone(),
            });
        }
        Ok(Matcher {
            on,
            from,
            chunk: self.chunk,
        })
    }
}

/// A [`Match`] whose names were looked up.
#[derive(Debug)]
pub(super) struct Matcher {
    on: Option<usize>,
    from: Option<usize>,
    chunk: Option<ChunkType>,
}

impl Matcher {
    pub(super) fn fits(&self, frame: &Frame<'_>) -> bool {
        self.on.is_none_or(|link| frame.sender.link() == link)
            && self.from.is_none_or(|node| frame.node == node)
            && self.chunk.is_none_or(|kind| frame.chunks().contains(&kind))
    }
}

/// A frame on its way through the fabric.
#[derive(Debug)]
pub(crate) struct Frame<'a> {
    sender: PortId,
    node: usize,
    bytes: &'a [u8],
    chunks: OnceCell<Vec<ChunkType>>,
}

impl<'a> Frame<'a> {
    /// The frame `bytes` that `node` sent from its port `sender`.
    pub(crate) fn new(sender: PortId, node: usize, bytes: &'a [u8]) -> Self {
        Self {
            sender,
            node,
            bytes,
            chunks: OnceCell::new(),
        }
    }

    /// Decoded when the first rule asks: most frames meet none that does.
    fn chunks(&self) -> &[ChunkType] {
        self.chunks.get_or_init(|| chunks_in(self.bytes))
    }
}

fn chunks_in(bytes: &[u8]) -> Vec<ChunkType> {
    let Some(sctp) = wire::Frame::decode(bytes)
        .ok()
        .and_then(|frame| frame.sctp())
    else {
        return Vec::new();
    };
    Packet::decode_lenient(&Bytes::copy_from_slice(sctp))
        .map(|decoded| decoded.packet.chunks.iter().map(Chunk::kind).collect())
        .unwrap_or_default()
}
