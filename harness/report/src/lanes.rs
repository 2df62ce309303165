//! Draws lines of a ladder across the lanes of the hosts.

use crate::gutter::Gutter;
use crate::hosts::{Host, Hosts};
use crate::line::{Content, Line, Note, NoteKind, PacketLine, StepKind, StepLine, What};
use crate::paint::Paint;
use crate::pairing::End;
use crate::row::Row;
use crate::tally::Tally;
use crate::text::{columns, escape};

/// Least distance between lanes, so that labels have room.
const LEAST_GAP: usize = 36;

/// At a broken arrow, the label gets at least the room divided by this number.
const LABEL_SHARE: usize = 2;

/// Words for a frame that did not arrive, and that no rule took.
pub(crate) const LOST: &str = "lost on the link";

/// Words for a frame that may have arrived after the end of the run.
pub(crate) const UNDER_WAY: &str = "under way when the run ended";

/// The columns of a ladder.
pub(crate) struct Lanes<'a> {
    hosts: &'a Hosts,
    width: usize,
    gutter: Gutter,
    /// The columns of the hosts.
    columns: Vec<usize>,
    /// Length of the longest name of a link.
    link_width: usize,
}

impl<'a> Lanes<'a> {
    /// `None` if the width has no room for this many hosts.
    pub(crate) fn new(hosts: &'a Hosts, width: usize, gutter: Gutter) -> Option<Self> {
        let first_lane = gutter.width();
        let room = width.saturating_sub(first_lane + 1);
        let gaps = hosts.names().len().saturating_sub(1).max(1);
        if room / gaps < LEAST_GAP {
            return None;
        }
        let columns = (0..hosts.names().len()).map(|host| first_lane + room * host / gaps);
        let links = hosts.links().iter();
        Some(Self {
            hosts,
            width,
            gutter,
            columns: columns.collect(),
            link_width: links.map(|it| columns_of(it)).max().unwrap_or(0),
        })
    }

    /// The row with the hosts' names.
    pub(crate) fn header(&self) -> Row {
        let mut row = Row::new(self.width);
        row.text(0, self.first_lane(), &self.gutter.header(), Paint::Faint);
        let last = self.columns.len().saturating_sub(1);
        for (host, (name, lane)) in self.hosts.names().iter().zip(&self.columns).enumerate() {
            if host == 0 {
                row.text(*lane, self.width, name, Paint::Strong);
            } else if host == last {
                row.text_before(self.first_lane(), lane + 1, name, Paint::Strong);
            } else {
                let from = lane.saturating_sub(columns_of(name) / 2);
                row.text(from, self.width, name, Paint::Strong);
            }
        }
        row
    }

    /// The row of a line, and a second one if its label has no room and must not be lost.
    pub(crate) fn draw(&self, line: &Line) -> (Row, Option<Row>) {
        let mut more = None;
        let mut row = self.row(line, &mut more);
        row.text_before(
            0,
            self.first_lane() - 2,
            &self.gutter.of(line),
            Paint::Faint,
        );
        (row, more)
    }

    fn row(&self, line: &Line, more: &mut Option<Row>) -> Row {
        let mut row = self.lanes();
        match &line.what {
            What::Packet(packet) => {
                let is_cut = self.packet(packet, &mut row);
                if is_cut && matches!(packet.content, Content::Icmp(_)) {
                    *more = Some(self.spelt_out(packet));
                }
            }
            What::Note(note) => self.note(note, &mut row),
            What::Step(step) => self.step(step, &mut row),
            What::Folded(tally) => self.folded(tally, &mut row),
        }
        row
    }

    /// The column of the first lane.
    fn first_lane(&self) -> usize {
        self.gutter.width()
    }

    fn lanes(&self) -> Row {
        let mut row = Row::new(self.width);
        for lane in &self.columns {
            row.put(*lane, '│', Paint::Faint);
        }
        row
    }

    /// The whole label of a packet, across all lanes.
    fn spelt_out(&self, packet: &PacketLine) -> Row {
        let mut row = self.lanes();
        let text = format!(" ↳ {} ", packet.label(self.hosts));
        let last_lane = self.columns.last().copied().unwrap_or(self.width);
        row.text(self.first_lane() + 1, last_lane, &text, Paint::Plain);
        row
    }

    /// Draws a packet. Returns whether its label had no room.
    fn packet(&self, packet: &PacketLine, row: &mut Row) -> bool {
        let (from, to) = (self.lane(packet.from), self.lane(packet.to));
        let (left, right) = (from.min(to) + 1, from.max(to));
        let is_rightwards = from < to;
        let reason = match (packet.end, &packet.fault) {
            (End::Lost, Some(fault)) => Some(('✗', fault.as_str())),
            (End::Lost, None) => Some(('?', LOST)),
            (End::UnderWay, None) => Some(('…', UNDER_WAY)),
            (End::UnderWay, Some(fault)) => Some(('…', fault.as_str())),
            (End::Arrived(_) | End::Unseen | End::OutOfNowhere, _) => None,
        };
        let name = self.hosts.link(packet.link);
        let arrow = Paint::Path(packet.link);
        let label = packet.label(self.hosts);
        let label_columns = self.link_width + columns_of(&label) + "─  ─  ──".chars().count();
        match reason {
            None => {
                row.fill(left, right, '─', arrow);
                let head = if is_rightwards {
                    right.saturating_sub(1)
                } else {
                    left
                };
                row.put(head, if is_rightwards { '▶' } else { '◀' }, arrow);
                let at = self.name_and_label(
                    name,
                    &label,
                    left + 1,
                    right.saturating_sub(2),
                    arrow,
                    row,
                );
                let is_cut = label_columns > right.saturating_sub(left);
                let remark = match (packet.end, &packet.fault) {
                    (End::OutOfNowhere, _) => "not seen when it was sent",
                    (_, Some(fault)) => fault,
                    _ => return is_cut,
                };
                row.text(
                    at,
                    right.saturating_sub(2),
                    &format!("{remark} "),
                    Paint::Fault,
                );
                is_cut
            }
            Some((head, reason)) => {
                let paint = match packet.end {
                    End::UnderWay => Paint::Faint,
                    _ => Paint::Fault,
                };
                let room = right - left;
                let least = room / LABEL_SHARE;
                let reason_columns = columns_of(reason) + " ✗ ".chars().count();
                let arrow_columns = label_columns
                    .min(room.saturating_sub(reason_columns).max(least))
                    .min(room);
                if is_rightwards {
                    let end = left + arrow_columns;
                    row.fill(left, end, '─', arrow);
                    self.name_and_label(name, &label, left + 1, end - 2, arrow, row);
                    row.put(end, head, paint);
                    row.text(end + 2, right, reason, paint);
                } else {
                    let start = right - arrow_columns;
                    row.fill(start, right, '─', arrow);
                    self.name_and_label(name, &label, start + 2, right, arrow, row);
                    row.put(start - 1, head, paint);
                    row.text_before(left, start - 2, reason, paint);
                }
                label_columns > arrow_columns
            }
        }
    }

    /// Writes ` path-a ─ DATA … ` into an arrow. Returns the column at which it ends.
    fn name_and_label(
        &self,
        name: &str,
        label: &str,
        from: usize,
        end: usize,
        arrow: Paint,
        row: &mut Row,
    ) -> usize {
        row.text(from, end, &format!(" {name} "), arrow);
        let from = from + self.link_width + " ─ ".chars().count();
        row.text(from, end, &format!(" {label} "), Paint::Plain)
    }

    fn note(&self, note: &Note, row: &mut Row) {
        let (marker, paint) = marker(note.kind);
        let last_lane = self.columns.last().copied().unwrap_or(self.width);
        match note.host {
            Some(host) if host.0 > 0 && self.lane(host) == last_lane => {
                row.put(last_lane, marker, paint);
                let text = format!(" {} ", note.words());
                row.text_before(self.first_lane() + 1, last_lane, &text, paint);
            }
            host => {
                let lane = host.map_or(self.first_lane(), |host| self.lane(host));
                row.put(lane, marker, paint);
                row.text(lane + 1, last_lane, &format!(" {} ", note.words()), paint);
            }
        }
    }

    fn step(&self, step: &StepLine, row: &mut Row) {
        rule(step, self.first_lane(), self.width, row);
    }

    fn folded(&self, tally: &Tally, row: &mut Row) {
        for lane in &self.columns {
            row.put(*lane, '┊', Paint::Faint);
        }
        let text = format!("{} ", tally.words(self.hosts));
        let last_lane = self.columns.last().copied().unwrap_or(self.width);
        row.text(self.first_lane() + 2, last_lane, &text, Paint::Faint);
    }

    fn lane(&self, host: Host) -> usize {
        self.columns
            .get(host.0)
            .copied()
            .unwrap_or(self.first_lane())
    }
}

/// Draws a step as a line over the whole width.
pub(crate) fn rule(step: &StepLine, from: usize, end: usize, row: &mut Row) {
    let (lead, paint) = match step.kind {
        StepKind::Acts => ("── ", Paint::Strong),
        StepKind::Waits => ("── ", Paint::Faint),
        StepKind::Failed => ("─✗ ", Paint::Fault),
    };
    row.fill(from, end, '─', paint);
    row.text(from, end, &format!("{lead}{} ", step.text), paint);
}

/// The mark of a note.
pub(crate) fn marker(kind: NoteKind) -> (char, Paint) {
    match kind {
        NoteKind::Notification => ('◆', Paint::Notification),
        NoteKind::Call => ('◇', Paint::Plain),
        NoteKind::Message => ('•', Paint::Faint),
        NoteKind::Path => ('▪', Paint::Faint),
    }
}

fn columns_of(text: &str) -> usize {
    columns(&escape(text))
}
