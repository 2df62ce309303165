//! A stretch of quiet packets in a row.

use std::collections::{BTreeMap, VecDeque};

use recording::PacketView;
use wire::ChunkType;

use crate::hosts::Link;
use crate::line::{Line, What};
use crate::story_item::{StoryItem, Sum};
use crate::tally::Tally;

/// Number of packets that are kept back, so that a stretch can end with its last exchange.
const KEPT_BACK: usize = 6;

/// Greatest number of packets that are shown instead of being folded into one line.
const TOO_FEW: usize = 2;

/// A stretch of quiet packets. All packets but the last few are counted as they come.
pub(crate) struct Stretch<P> {
    counted: Counted,
    /// The packets that are not counted yet.
    last: VecDeque<StoryItem<P>>,
}

#[derive(Default)]
struct Counted {
    tally: Tally,
    /// Content of the packets that were not decoded. It is added to the tally once, at
    /// the end.
    glanced: BTreeMap<Link, Sum>,
}

impl<P: PacketView> Stretch<P> {
    pub(crate) fn new() -> Self {
        Self {
            counted: Counted::default(),
            last: VecDeque::new(),
        }
    }

    #[inline]
    pub(crate) fn push(&mut self, item: StoryItem<P>) {
        self.last.push_back(item);
        if self.last.len() > KEPT_BACK
            && let Some(earliest) = self.last.pop_front()
        {
            self.counted.add(&earliest);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.counted.tally.packets == 0 && self.last.is_empty()
    }

    /// Emits the folded stretch, and its last exchange if `with_last` is set.
    pub(crate) fn end(&mut self, with_last: bool, ready: &mut VecDeque<Line>) {
        let exchange = match with_last {
            true => self.last.iter().rposition(begins_exchange),
            false => None,
        };
        let folded = exchange.unwrap_or(self.last.len());
        if self.counted.tally.packets > 0 || folded > TOO_FEW {
            for item in self.last.drain(..folded) {
                self.counted.add(&item);
            }
            let tally = std::mem::take(&mut self.counted).into_tally();
            ready.push_back(Line {
                at: tally.from(),
                what: What::Folded(tally),
            });
        }
        ready.extend(self.last.drain(..).map(StoryItem::into_line));
    }
}

impl Counted {
    fn add<P: PacketView>(&mut self, item: &StoryItem<P>) {
        match item {
            StoryItem::Glanced(glanced) => {
                self.tally.add_packet(glanced.at());
                let link = self.glanced.entry(glanced.journey.link).or_default();
                *link += glanced.holds;
            }
            StoryItem::Line(line) => {
                if let What::Packet(packet) = &line.what {
                    self.tally.add_packet(line.at);
                    let kinds = packet.kinds();
                    self.tally.add_chunks(packet.link, kinds.map(|it| (it, 1)));
                }
            }
        }
    }

    fn into_tally(mut self) -> Tally {
        for (link, sum) in self.glanced {
            self.tally.add_chunks(link, sum.by_kind());
        }
        self.tally
    }
}

fn begins_exchange<P>(item: &StoryItem<P>) -> bool {
    let line = match item {
        StoryItem::Glanced(glanced) => return glanced.holds.data + glanced.holds.i_data > 0,
        StoryItem::Line(line) => line,
    };
    let What::Packet(packet) = &line.what else {
        return false;
    };
    packet.carries_data() || packet.kinds().any(|it| it == ChunkType::Heartbeat)
}
