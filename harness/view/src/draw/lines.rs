//! Draws the lines of the ladder: as `show` does, or without lanes in a narrow terminal.

use ratatui::style::{Color, Modifier, Style};
use ratatui::text::Line;
use report::{Gutter, Hosts, LadderOptions};
use terminal::{cut, escape};

use crate::entry::{Entry, Journey};

/// Least width of a ladder.
const LADDER: u16 = 80;

/// The colours of paths, used in rotation as in `show`. Red is reserved for faults.
const PATHS: [Color; 5] = [
    Color::Cyan,
    Color::Yellow,
    Color::Magenta,
    Color::Green,
    Color::Blue,
];

/// How lines are drawn.
pub(super) struct Drawn<'h> {
    pub(super) hosts: &'h Hosts,
    pub(super) gutter: Gutter,
    pub(super) width: u16,
    pub(super) has_color: bool,
}

impl Drawn<'_> {
    fn options(&self) -> LadderOptions {
        LadderOptions {
            width: self.width.into(),
            color: false,
            full: true,
            gutter: self.gutter,
        }
    }

    /// The header above the lines, if there is one.
    pub(super) fn header(&self) -> Option<Line<'static>> {
        if self.width < LADDER {
            return None;
        }
        let header = report::draw(std::iter::empty(), self.hosts, &self.options()).next();
        let bold = Style::new().add_modifier(Modifier::BOLD);
        header.map(|it| Line::styled(it.trim_end().to_owned(), bold))
    }

    pub(super) fn rows(&self, entries: &[Entry]) -> Vec<Line<'static>> {
        let texts: Vec<String> = match self.width < LADDER {
            true => entries.iter().map(|it| self.narrow(it)).collect(),
            false => {
                let lines = entries.iter().map(|it| it.line(self.gutter.digits > 0));
                let has_header = usize::from(self.header().is_some());
                report::draw(lines, self.hosts, &self.options())
                    .skip(has_header)
                    .collect()
            }
        };
        let rows = entries.iter().zip(texts);
        rows.map(|(entry, text)| Line::styled(text.trim_end().to_owned(), self.style(entry)))
            .collect()
    }

    fn style(&self, entry: &Entry) -> Style {
        match entry.end {
            _ if !self.has_color => Style::new(),
            Journey::Lost => Style::new().fg(Color::Red),
            _ => Style::new().fg(PATHS[entry.link % PATHS.len()]),
        }
    }

    /// A line such as `12   0.103 → DATA tsn+3`.
    fn narrow(&self, entry: &Entry) -> String {
        let frame = entry.frame.map(|it| it.to_string()).unwrap_or_default();
        let digits = self.gutter.digits.max(frame.len());
        let time = recording::Time::from_nanos(entry.at);
        let arrow = match (entry.end, entry.from <= entry.to) {
            (Journey::Lost, _) => '✗',
            (Journey::UnderWay, _) => '…',
            (_, true) => '→',
            (_, false) => '←',
        };
        let text = format!("{frame:>digits$} {time} {arrow} {}", entry.label);
        cut(&escape(&text), self.width.into())
    }
}
