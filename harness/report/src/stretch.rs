//! Quiet packets in a row.

use std::collections::{BTreeMap, VecDeque};

use recording::PacketView;
use wire::ChunkType;

use crate::hosts::Link;
use crate::line::{Line, What};
use crate::tally::Tally;
use crate::told::{Sum, Told};

/// As many lines of a stretch are kept back, to end it with its last exchange.
const KEPT_BACK: usize = 6;

/// So many folded lines are no more than the line that would stand for them.
const TOO_FEW: usize = 2;

/// Quiet packets in a row. All but the last are counted, as they come.
pub(crate) struct Stretch<P> {
    counted: Counted,
    /// Those that are not counted yet.
    last: VecDeque<Told<P>>,
}

#[derive(Default)]
struct Counted {
    tally: Tally,
    /// What those held that were only glanced at: it goes into the tally at the
    /// end, all at once.
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
    pub(crate) fn push(&mut self, told: Told<P>) {
        self.last.push_back(told);
        if self.last.len() > KEPT_BACK
            && let Some(earliest) = self.last.pop_front()
        {
            self.counted.add(&earliest);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.counted.tally.packets == 0 && self.last.is_empty()
    }

    /// Shows what there is, folded but for the last exchange, if that is wanted.
    pub(crate) fn end(&mut self, with_last: bool, ready: &mut VecDeque<Line>) {
        let exchange = match with_last {
            true => self.last.iter().rposition(begins_exchange),
            false => None,
        };
        let folded = exchange.unwrap_or(self.last.len());
        if self.counted.tally.packets > 0 || folded > TOO_FEW {
            for told in self.last.drain(..folded) {
                self.counted.add(&told);
            }
            let tally = std::mem::take(&mut self.counted).into_tally();
            ready.push_back(Line {
                at: tally.from(),
                what: What::Folded(tally),
            });
        }
        ready.extend(self.last.drain(..).map(Told::into_line));
    }
}

impl Counted {
    fn add<P: PacketView>(&mut self, told: &Told<P>) {
        match told {
            Told::Glanced(glanced) => {
                self.tally.add_packet(glanced.at());
                let link = self.glanced.entry(glanced.journey.link).or_default();
                *link += glanced.holds;
            }
            Told::Line(line) => {
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

fn begins_exchange<P>(told: &Told<P>) -> bool {
    let line = match told {
        Told::Glanced(glanced) => return glanced.holds.data + glanced.holds.i_data > 0,
        Told::Line(line) => line,
    };
    let What::Packet(packet) = &line.what else {
        return false;
    };
    packet.carries_data() || packet.kinds().any(|it| it == ChunkType::Heartbeat)
}
