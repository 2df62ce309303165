//! Selects a packet of a ladder.

use std::num::NonZeroU64;

use super::Known;
use crate::diagnostic::{Problems, Spanned};
use crate::model::{NodeName, PacketAt};
use crate::read::{Optional, Required, one_of, suggestion};
use crate::value::{ChunkType, Number, Reference};

/// The `nth` packet with such a chunk from that node.
pub(super) fn check_packet(
    chunk: &Required<ChunkType>,
    from: &Required<Reference>,
    nth: &Optional<Number>,
    known: Known<'_>,
    problems: &mut Problems<'_>,
) -> Option<PacketAt> {
    let from = from.spanned().and_then(|from| node(from, known, problems));
    let nth = nth.check(|nth| {
        let number = NonZeroU64::new(nth.value.0);
        if number.is_none() {
            problems
                .add(nth.span, "packets are counted from 1", "no such packet")
                .help("`nth: 1` is the first of them, which is meant if it is left out");
        }
        number
    });
    Some(PacketAt {
        chunk: chunk.get()?.0,
        from: from?,
        nth: nth?.unwrap_or(NonZeroU64::MIN),
    })
}

fn node(
    from: &Spanned<Reference>,
    known: Known<'_>,
    problems: &mut Problems<'_>,
) -> Option<NodeName> {
    let name = &from.value.0;
    let nodes = &known.world.nodes;
    if let Some(node) = nodes.iter().find(|node| node.name.as_str() == name) {
        return Some(node.name.clone());
    }
    if known.world.unreadable.nodes {
        return None;
    }
    let names = || nodes.iter().map(|node| node.name.as_str());
    let help = match suggestion(name, names(), problems) {
        Some(likely) => format!("did you mean `{likely}`?"),
        None => format!("the nodes are {}", one_of(names())),
    };
    problems
        .add(from.span, format!("there is no node `{name}`"), "no node")
        .help(help);
    None
}
