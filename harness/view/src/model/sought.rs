//! What is searched for, a part at a time.

use super::{AT_ONCE, Model};
use crate::entry::Entry;
use crate::filter::Filter;
use crate::store::Lines;

/// A search under way.
#[derive(Debug)]
pub(super) struct Sought {
    what: What,
    /// The place to look at next, among the lines that are shown.
    at: usize,
    forward: bool,
    /// How many have been looked at.
    looked: usize,
}

#[derive(Debug)]
enum What {
    Words(Filter),
    /// A line, by its number: it is selected again when the filter has come to it.
    Line(usize),
}

impl Sought {
    pub(super) fn place(line: usize) -> Self {
        Self {
            what: What::Line(line),
            at: 0,
            forward: true,
            looked: 0,
        }
    }

    fn matches(&self, line: &Entry, path: &str) -> bool {
        match &self.what {
            What::Words(words) => words.lets_through(line, path),
            What::Line(_) => false,
        }
    }
}

impl Model {
    /// Searches from the line after or before the selected one, all round.
    pub(super) fn begin_search(&mut self, forward: bool) {
        let words = match Filter::parse(&self.search_text) {
            Ok(words) if words.is_empty() => {
                self.message = Some("nothing is searched for: / begins".to_owned());
                return;
            }
            Ok(words) => words,
            Err(error) => {
                self.message = Some(error);
                return;
            }
        };
        let count = self.shown().max(1);
        self.sought = Some(Sought {
            what: What::Words(words),
            at: match forward {
                true => (self.selected + 1) % count,
                false => (self.selected + count - 1) % count,
            },
            forward,
            looked: 0,
        });
    }

    /// Goes on with what is searched for. Says whether there is more to do.
    pub(super) fn search(&mut self, lines: &impl Lines, path: impl Fn(usize) -> String) -> bool {
        let Some(mut sought) = self.sought.take() else {
            return false;
        };
        if let What::Line(line) = sought.what {
            self.selected = self.place_of(line);
            if self.looked <= line && self.looked < self.all {
                self.sought = Some(sought);
                return true;
            }
            return false;
        }
        let count = self.shown();
        for _ in 0..AT_ONCE {
            if sought.looked >= count {
                self.message = Some(format!("no packet has '{}'", self.search_text));
                return false;
            }
            let line = self.line_at(sought.at).and_then(|it| lines.line(it));
            if line.is_some_and(|it| sought.matches(&it, &path(it.link))) {
                (self.selected, self.field) = (sought.at, 0);
                return false;
            }
            sought.looked += 1;
            sought.at = match sought.forward {
                true => (sought.at + 1) % count,
                false => (sought.at + count - 1) % count,
            };
        }
        self.message = Some(format!("searching: {} of {count}", sought.looked));
        self.sought = Some(sought);
        true
    }
}
