//! Folds stretches of the ladder in which nothing new happens into one line each.

use std::collections::{BTreeSet, VecDeque};

use recording::PacketView;
use wire::chunk::Sack;
use wire::{Checksum, Chunk, ChunkType, PartialPacket};

use crate::hosts::{Host, Link};
use crate::line::{Content, Line, Note, NoteKind, PacketLine, StepKind, What};
use crate::pairing::End;
use crate::story_item::{Glanced, Holds, StoryItem};
use crate::stretch::Stretch;

/// Turns a story into the lines of a folded ladder. Frames other than SCTP are left out,
/// and single messages, too: the packets already show them.
///
/// A packet is quiet if it arrived unchanged and has nothing but new DATA, SACKs without
/// gaps, and heartbeats. After each step that changes something, the first quiet packet
/// of its kind is shown on each path; a heartbeat only where no other packet was shown.
/// Before such a step, the last exchange is shown. All other quiet packets are counted in
/// one line.
pub(crate) struct Folded<I, P> {
    story: I,
    ready: VecDeque<Line>,
    stretch: Stretch<P>,
    /// The kinds that were shown since the last step that changed something.
    shown: BTreeSet<Kind>,
}

/// The key that equal quiet packets share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Kind {
    link: Link,
    from: Host,
    strays: bool,
    holds: Routine,
}

/// Number of kinds that are remembered. Beyond it, the first packet of each kind is shown
/// again.
const REMEMBERED: usize = 16_384;

impl<I: Iterator<Item = StoryItem<P>>, P: PacketView> Folded<I, P> {
    /// Folds a story. The iterator `story` must give nothing more once it has ended.
    pub(crate) fn new(story: I) -> Self {
        Self {
            story,
            ready: VecDeque::new(),
            stretch: Stretch::new(),
            shown: BTreeSet::new(),
        }
    }

    #[inline]
    fn take_in(&mut self, item: StoryItem<P>) {
        let quality = match &item {
            StoryItem::Glanced(glanced) => Quality::of_glanced(glanced),
            StoryItem::Line(line) => match &line.what {
                What::Packet(packet) => Quality::of(packet),
                _ => return self.take_in_aside(item.into_line()),
            },
        };
        match quality {
            Quality::Foreign => {}
            Quality::Unusual => self.interrupt(item.into_line()),
            Quality::Quiet(kind) if self.is_known(&kind) => self.stretch.push(item),
            Quality::Quiet(kind) => {
                if self.shown.len() >= REMEMBERED {
                    self.shown.clear();
                }
                self.shown.insert(kind);
                self.interrupt(item.into_line());
            }
        }
    }

    /// Takes in a line that is not a packet.
    fn take_in_aside(&mut self, line: Line) {
        match &line.what {
            What::Note(note) if note.kind == NoteKind::Message => {}
            What::Note(note) if self.repeats(note) => {}
            What::Packet(_) | What::Note(_) | What::Folded(_) => self.interrupt(line),
            What::Step(step) if step.kind == StepKind::Waits => self.interrupt(line),
            What::Step(_) => {
                self.stretch.end(true, &mut self.ready);
                self.shown.clear();
                self.ready.push_back(line);
            }
        }
    }

    /// Whether a packet of this kind was shown since the last step. Any packet shows that
    /// a path works, so heartbeats count as new only where no other packet was shown.
    fn is_known(&self, kind: &Kind) -> bool {
        let holds = kind.holds;
        let is_heartbeat = !(holds.data || holds.i_data || holds.sack);
        let place = |it: &Kind| (it.link, it.from, it.strays);
        // The default value sorts first.
        let least = Kind {
            holds: Routine::default(),
            ..*kind
        };
        let first = self.shown.range(least..).next();
        self.shown.contains(kind)
            || is_heartbeat && first.is_some_and(|it| place(it) == place(kind))
    }

    /// Whether the note repeats the line before. If so, that line counts the note.
    fn repeats(&mut self, note: &Note) -> bool {
        match self.ready.back_mut().map(|line| &mut line.what) {
            Some(What::Note(last))
                if self.stretch.is_empty()
                    && (last.host, last.kind, &last.text) == (note.host, note.kind, &note.text) =>
            {
                last.times += note.times;
                if let (Some((_, last)), Some((_, next))) = (&mut last.numbers, note.numbers) {
                    *last = next;
                }
                true
            }
            _ => false,
        }
    }

    /// Shows a line without ending the stretch around it.
    fn interrupt(&mut self, line: Line) {
        self.stretch.end(false, &mut self.ready);
        self.ready.push_back(line);
    }
}

impl<I: Iterator<Item = StoryItem<P>>, P: PacketView> Iterator for Folded<I, P> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        loop {
            // The last line may still be repeated.
            if self.ready.len() > 1 {
                return self.ready.pop_front();
            }
            match self.story.next() {
                Some(item) => self.take_in(item),
                None => {
                    self.stretch.end(true, &mut self.ready);
                    return self.ready.pop_front();
                }
            }
        }
    }
}

enum Quality {
    Foreign,
    Quiet(Kind),
    Unusual,
}

impl Quality {
    fn of(packet: &PacketLine) -> Self {
        let Content::Sctp {
            packet: partial,
            again,
            cut,
            ..
        } = &packet.content
        else {
            return match packet.content {
                Content::Broken(_) | Content::Icmp(_) => Self::Unusual,
                _ => Self::Foreign,
            };
        };
        let went_well = arrived_untouched(packet.end, packet.fault.as_deref())
            && (cut.is_some() || is_whole(partial))
            && again.is_empty();
        let heads = cut.iter().flatten().map(|(kind, _)| *kind);
        match Routine::of(&partial.packet.chunks).and_then(|it| it.with(heads)) {
            Some(holds) if went_well && holds != Routine::default() => Self::Quiet(Kind {
                link: packet.link,
                from: packet.from,
                holds,
                strays: packet.strays,
            }),
            _ => Self::Unusual,
        }
    }

    fn of_glanced<P: PacketView>(glanced: &Glanced<P>) -> Self {
        let journey = &glanced.journey;
        let fault = journey.packet.fault();
        match arrived_untouched(journey.end, fault) && glanced.again.is_empty() {
            true => Self::Quiet(Kind {
                link: journey.link,
                from: journey.from,
                holds: glanced.holds.into(),
                strays: glanced.strays,
            }),
            false => Self::Unusual,
        }
    }
}

/// Whether the packet was decoded completely and is correct. A checksum of zero is
/// accepted: a network card was to fill it in, or a lower layer detects errors (RFC 9653).
fn is_whole(partial: &PartialPacket) -> bool {
    partial.error.is_none() && !matches!(partial.packet.checksum, Checksum::Wrong { .. })
}

fn arrived_untouched(end: End, fault: Option<&str>) -> bool {
    matches!(end, End::Arrived(_) | End::Unseen) && fault.is_none()
}

/// The chunks of a packet, if all are of the types that fill quiet stretches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Routine {
    data: bool,
    i_data: bool,
    sack: bool,
    heartbeat: bool,
    heartbeat_ack: bool,
}

impl Routine {
    fn of(chunks: &[Chunk]) -> Option<Self> {
        let mut routine = Self::default();
        for chunk in chunks {
            match chunk {
                Chunk::Data(_) => routine.data = true,
                Chunk::IData(_) => routine.i_data = true,
                Chunk::Sack(sack) if acknowledges_all(sack) => routine.sack = true,
                Chunk::Heartbeat(_) => routine.heartbeat = true,
                Chunk::HeartbeatAck(_) => routine.heartbeat_ack = true,
                _ => return None,
            }
        }
        Some(routine)
    }

    /// Adds chunks of which the capture has only the beginning.
    fn with(mut self, heads: impl Iterator<Item = ChunkType>) -> Option<Self> {
        for kind in heads {
            match kind {
                ChunkType::Data => self.data = true,
                ChunkType::IData => self.i_data = true,
                ChunkType::Heartbeat => self.heartbeat = true,
                ChunkType::HeartbeatAck => self.heartbeat_ack = true,
                _ => return None,
            }
        }
        Some(self)
    }
}

impl From<Holds> for Routine {
    fn from(holds: Holds) -> Self {
        Self {
            data: holds.data > 0,
            i_data: holds.i_data > 0,
            sack: holds.sack > 0,
            ..Self::default()
        }
    }
}

fn acknowledges_all(sack: &Sack) -> bool {
    sack.gap_ack_blocks.is_empty() && sack.duplicate_tsns.is_empty() && sack.a_rwnd > 0
}

#[cfg(test)]
mod tests;
