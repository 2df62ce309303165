//! Draws the ladder of a recording as text.

use std::time::Duration;

use recording::{Observation, PacketView, Recording, joined};

use crate::fold::Folded;
use crate::gutter::Gutter;
use crate::hosts::Hosts;
use crate::lanes::Lanes;
use crate::line::Line;
use crate::list;
use crate::setting::Setting;
use crate::story::Story;
use crate::story_item::StoryItem;

/// Least width of a ladder.
const LEAST_WIDTH: usize = 80;

/// Options of a ladder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LadderOptions {
    /// Number of columns; fewer than 80 count as 80.
    pub width: usize,
    /// Whether to colour the ladder with ANSI escape codes.
    pub color: bool,
    /// Whether to show every packet, including frames other than SCTP, and every message
    /// that was sent or received.
    pub full: bool,
    /// The columns left of the ladder.
    pub gutter: Gutter,
}

impl Default for LadderOptions {
    /// 100 columns, without colour, folded.
    fn default() -> Self {
        Self {
            width: 100,
            color: false,
            full: false,
            gutter: Gutter::default(),
        }
    }
}

/// A part of a recording.
#[derive(Clone, Copy, Debug)]
pub struct Excerpt<'a> {
    /// The recording.
    pub recording: &'a Recording,
    /// Start of the part, from the start of the run.
    pub from: Duration,
    /// End of the part, from the start of the run.
    pub until: Duration,
}

impl<'a> Excerpt<'a> {
    /// The whole recording.
    #[must_use]
    pub fn whole(recording: &'a Recording) -> Self {
        Self {
            recording,
            from: Duration::ZERO,
            until: Duration::MAX,
        }
    }

    pub(crate) fn lines(
        &self,
        hosts: &'a Hosts,
        options: &LadderOptions,
    ) -> impl Iterator<Item = Line> + 'a {
        let (from, until) = (self.from, self.until);
        lines_of(self.recording, hosts, options.full).filter(move |line| {
            let at = line.at.since_start();
            from <= at && at <= until
        })
    }
}

/// Draws the ladder of a recording: hosts as columns, one line a packet.
///
/// Every line ends with a newline, and none is wider than `options.width`.
#[must_use]
pub fn ladder(recording: &Recording, options: &LadderOptions) -> String {
    ladder_of(&Excerpt::whole(recording), options)
}

/// Draws the ladder of a part of a recording.
#[must_use]
pub fn ladder_of(excerpt: &Excerpt<'_>, options: &LadderOptions) -> String {
    let hosts = Hosts::of(&excerpt.recording.interfaces);
    let lines = excerpt.lines(&hosts, options);
    draw(lines, &hosts, options).collect()
}

/// The lines of a recording's ladder, in the order of time. A full ladder has a line for
/// everything that was recorded.
pub(crate) fn lines_of<'a>(
    recording: &'a Recording,
    hosts: &'a Hosts,
    full: bool,
) -> Box<dyn Iterator<Item = Line> + 'a> {
    let setting = Setting::of(recording);
    let (packets, observations) = (&recording.packets, &recording.observations);
    lines(hosts, setting, packets, observations, full)
}

/// The lines of a ladder, in the order of time. `packets` and `observations` must be in
/// the order of time, too. The lines are made in one pass, with memory that does not grow
/// with their number. Quiet stretches are folded unless the ladder is full.
pub fn lines<'a, P>(
    hosts: &'a Hosts,
    setting: Setting,
    packets: P,
    observations: impl IntoIterator<Item = &'a Observation> + 'a,
    full: bool,
) -> Box<dyn Iterator<Item = Line> + 'a>
where
    P: IntoIterator<Item: PacketView + 'a, IntoIter: 'a>,
{
    let story = Story::new(
        hosts,
        setting,
        joined(packets.into_iter()).fuse(),
        observations.into_iter().fuse(),
    );
    if full {
        Box::new(story.map(StoryItem::into_line))
    } else {
        Box::new(Folded::new(story))
    }
}

/// Draws lines below the hosts' names. Each line becomes a row of text with a newline,
/// rarely two rows.
pub fn draw<'a>(
    lines: impl Iterator<Item = Line> + 'a,
    hosts: &'a Hosts,
    options: &LadderOptions,
) -> impl Iterator<Item = String> + 'a {
    let width = options.width.max(LEAST_WIDTH);
    let (color, gutter) = (options.color, options.gutter);
    let lanes = Lanes::new(hosts, width, gutter);
    let header = lanes.as_ref().map(|lanes| lanes.header().render(color));
    let rows = lines.map(move |line| match &lanes {
        Some(lanes) => {
            let (row, more) = lanes.draw(&line);
            let more = more.map(|row| row.render(color));
            row.render(color) + &more.unwrap_or_default()
        }
        None => list::draw(&line, hosts, width, gutter).render(color),
    });
    header.into_iter().chain(rows)
}

#[cfg(test)]
mod tests;
