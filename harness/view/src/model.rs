//! The model of the view: a state that keys change, independent of the terminal.

mod sought;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::filter::Filter;
use crate::finding::Finding;
use crate::keys::Command;
use crate::store::Lines;

use sought::Sought;

/// The state of a view.
#[derive(Debug, Default)]
pub(crate) struct Model {
    /// Index of the selected line among the shown ones.
    pub(crate) selected: usize,
    /// Index of the first drawn line.
    pub(crate) top: usize,
    /// Index of the first drawn field.
    pub(crate) field: usize,
    pub(crate) pane: Pane,
    pub(crate) over: Over,
    /// The message in the last row.
    pub(crate) message: Option<String>,
    pub(crate) findings: Arc<Vec<Finding>>,
    /// Index of the finding that was jumped to last, or selected on the page of findings.
    pub(crate) finding: usize,
    has_jumped: bool,
    pub(crate) is_time_of_day: bool,
    pub(crate) has_quit: bool,
    filter: Filter,
    /// The text of the filter.
    pub(crate) filter_text: String,
    /// The lines that the filter accepts, among the first `looked` lines.
    passed: Vec<u32>,
    looked: usize,
    /// Number of all lines.
    all: usize,
    search_text: String,
    sought: Option<Sought>,
    /// Whether the last line stays selected as the capture grows.
    pub(crate) stays_last: bool,
}

/// The pane that the arrow keys move in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Pane {
    #[default]
    Lines,
    Fields,
}

/// The box over the lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Over {
    #[default]
    Nothing,
    Help,
    Findings,
    /// Text is typed.
    Typing(Purpose, String),
}

/// The purpose of the typed text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    Search,
    Filter,
}

/// Number of lines that are examined before keys are handled again.
const AT_ONCE: usize = 5000;

/// Greatest length of a typed text.
const TYPED: usize = 200;

impl Model {
    pub(crate) fn new(is_time_of_day: bool, stays_last: bool) -> Self {
        Self {
            is_time_of_day,
            stays_last,
            ..Self::default()
        }
    }

    /// Number of shown lines.
    pub(crate) fn shown(&self) -> usize {
        match self.filter.is_empty() {
            true => self.all,
            false => self.passed.len(),
        }
    }

    /// The number of the line at an index among the shown ones.
    pub(crate) fn line_at(&self, place: usize) -> Option<usize> {
        match self.filter.is_empty() {
            true => (place < self.all).then_some(place),
            false => self.passed.get(place).map(|it| *it as usize),
        }
    }

    /// The number of the selected line.
    pub(crate) fn line(&self) -> Option<usize> {
        self.line_at(self.selected)
    }

    /// The index of a line among the shown ones, or of the next shown line.
    fn place_of(&self, line: usize) -> usize {
        match self.filter.is_empty() {
            true => line,
            false => self.passed.partition_point(|it| (*it as usize) < line),
        }
    }

    /// A capture that has grown replaces this one: the selected packet stays selected.
    pub(crate) fn replace(&mut self, before: &impl Lines, now: &impl Lines) {
        let was_last = self.selected + 1 >= self.shown();
        let packet = self.line().and_then(|it| before.line(it)?.frame);
        (self.passed, self.looked, self.all) = (Vec::new(), 0, now.count());
        self.sought = None;
        if self.stays_last && was_last {
            self.selected = self.shown().saturating_sub(1);
            return;
        }
        if let Some(line) = packet.and_then(|it| now.of_packet(it)) {
            // The filter accepted this line in the capture before.
            self.select_line_later(line);
        }
    }

    fn select_line_later(&mut self, line: usize) {
        match self.filter.is_empty() {
            true => self.selected = line,
            false => self.sought = Some(Sought::place(line)),
        }
    }

    /// Does a part of a long task, filtering or searching. Returns whether there is more
    /// to do. `path` gives the path of a line by name.
    pub(crate) fn work(&mut self, lines: &impl Lines, path: impl Fn(usize) -> String) -> bool {
        let was_last = self.selected + 1 >= self.shown();
        self.all = lines.count();
        if !self.filter.is_empty() {
            let until = self.all.min(self.looked + AT_ONCE);
            for number in self.looked..until {
                let line = lines.line(number);
                if line.is_some_and(|it| self.filter.lets_through(&it, &path(it.link))) {
                    self.passed.push(number as u32);
                }
            }
            self.looked = until;
        }
        if self.stays_last && was_last && self.sought.is_none() {
            self.selected = self.shown().saturating_sub(1);
        }
        let searches = self.search(lines, &path);
        self.selected = self.selected.min(self.shown().saturating_sub(1));
        searches || (!self.filter.is_empty() && self.looked < self.all)
    }

    /// Handles a key. `page` is the number of drawn lines.
    pub(crate) fn key(&mut self, key: KeyEvent, page: usize, lines: &impl Lines) {
        let is_control = key.modifiers.contains(KeyModifiers::CONTROL);
        if is_control && key.code == KeyCode::Char('c') {
            self.has_quit = true;
            return;
        }
        self.message = None;
        if let Over::Typing(purpose, text) = &mut self.over {
            let purpose = *purpose;
            match key.code {
                // Enter is a line feed (Control-J) if the user types before the view has
                // started.
                code if code == KeyCode::Enter || (is_control && code == KeyCode::Char('j')) => {
                    let text = std::mem::take(text);
                    self.over = Over::Nothing;
                    self.typed(purpose, text);
                }
                KeyCode::Char(letter) if !is_control && text.chars().count() < TYPED => {
                    text.push(letter);
                }
                KeyCode::Backspace => drop(text.pop()),
                KeyCode::Esc => self.over = Over::Nothing,
                _ => {}
            }
            return;
        }
        if let Some(command) = Command::of(key) {
            self.command(command, page.max(1), lines);
        }
    }

    fn typed(&mut self, purpose: Purpose, text: String) {
        match purpose {
            Purpose::Search => {
                self.search_text = text;
                self.begin_search(true);
            }
            Purpose::Filter => match Filter::parse(&text) {
                Ok(filter) => self.set_filter(filter, text),
                Err(error) => self.message = Some(error),
            },
        }
    }

    fn set_filter(&mut self, filter: Filter, text: String) {
        let line = self.line();
        (self.filter, self.filter_text) = (filter, text.trim().to_owned());
        (self.passed, self.looked, self.selected) = (Vec::new(), 0, 0);
        self.sought = None;
        if let Some(line) = line {
            self.select_line_later(line);
        }
    }

    fn command(&mut self, command: Command, page: usize, lines: &impl Lines) {
        match (&self.over, command) {
            (_, Command::Quit) if self.over == Over::Nothing => self.has_quit = true,
            (Over::Help | Over::Findings, Command::Quit | Command::NoFilter)
            | (Over::Help, Command::Help)
            | (Over::Findings, Command::Findings) => self.over = Over::Nothing,
            (Over::Findings, Command::Enter) => {
                self.over = Over::Nothing;
                self.jump(lines);
            }
            (Over::Findings, command) => {
                let last = self.findings.len().saturating_sub(1);
                self.finding = moved(self.finding, command, page, last);
            }
            (_, Command::Help) => self.over = Over::Help,
            (_, Command::Findings) if self.findings.is_empty() => self.say_none(),
            (_, Command::Findings) => self.over = Over::Findings,
            (_, Command::NextFinding) => self.turn(true, lines),
            (_, Command::FindingBefore) => self.turn(false, lines),
            (_, Command::Search) => self.over = Over::Typing(Purpose::Search, String::new()),
            (_, Command::Filter) => {
                self.over = Over::Typing(Purpose::Filter, self.filter_text.clone());
            }
            (_, Command::NoFilter) if self.pane == Pane::Fields => self.pane = Pane::Lines,
            (_, Command::NoFilter) => self.set_filter(Filter::default(), String::new()),
            (_, Command::NextMatch) => self.begin_search(true),
            (_, Command::MatchBefore) => self.begin_search(false),
            (_, Command::OtherPane | Command::Enter) => {
                self.pane = match self.pane {
                    Pane::Lines => Pane::Fields,
                    Pane::Fields => Pane::Lines,
                };
            }
            (_, Command::Clock) => self.is_time_of_day = !self.is_time_of_day,
            (_, command) if self.pane == Pane::Fields => {
                self.field = moved(self.field, command, page, usize::MAX);
            }
            (_, command) => {
                let last = self.shown().saturating_sub(1);
                self.select(moved(self.selected, command, page, last));
            }
        }
    }

    fn select(&mut self, place: usize) {
        if place != self.selected {
            (self.selected, self.field) = (place, 0);
        }
        self.sought = None;
    }

    /// Jumps to the finding after or before the one that was selected last.
    fn turn(&mut self, forward: bool, lines: &impl Lines) {
        let count = self.findings.len();
        if count == 0 {
            return self.say_none();
        }
        self.finding = match (self.has_jumped, forward) {
            (false, true) => 0,
            (false, false) => count - 1,
            (true, true) => (self.finding + 1) % count,
            (true, false) => (self.finding + count - 1) % count,
        };
        self.jump(lines);
    }

    fn say_none(&mut self) {
        self.message = Some("nothing is wrong that the packets would show".to_owned());
    }

    /// Jumps to the first packet of the finding.
    fn jump(&mut self, lines: &impl Lines) {
        self.has_jumped = true;
        let Some(finding) = self.findings.get(self.finding).cloned() else {
            return;
        };
        let line = finding.packets.first().and_then(|it| lines.of_packet(*it));
        if let Some(line) = line {
            let place = self.place_of(line);
            if self.line_at(place) != Some(line) {
                // The filter hides the packet.
                self.set_filter(Filter::default(), String::new());
            }
            let place = self.place_of(line);
            self.select(place);
        }
        let place = format!("{}/{}", self.finding + 1, self.findings.len());
        self.message = Some(format!("{place} {}", finding.words));
    }

    /// Keeps the selected line among the `height` drawn ones.
    pub(crate) fn scroll(&mut self, height: usize) {
        let height = height.max(1);
        let lowest = (self.selected + 1).saturating_sub(height);
        let highest = self.shown().saturating_sub(height);
        self.top = self
            .top
            .min(highest)
            .clamp(lowest, self.selected.max(lowest));
    }
}

fn moved(from: usize, command: Command, page: usize, last: usize) -> usize {
    let to = match command {
        Command::Up(by) => from.saturating_sub(by),
        Command::Down(by) => from.saturating_add(by),
        Command::PageUp => from.saturating_sub(page),
        Command::PageDown => from.saturating_add(page),
        Command::First => 0,
        Command::Last => last,
        _ => from,
    };
    to.min(last)
}
