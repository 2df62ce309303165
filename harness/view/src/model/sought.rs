//! Searches in parts, so that keys are handled in between.

use super::{AT_ONCE, Model};
use crate::entry::Entry;
use crate::filter::Filter;
use crate::store::Lines;

/// A search in progress.
#[derive(Debug)]
pub(super) struct Sought {
    what: What,
    /// The next index among the shown lines.
    at: usize,
    forward: bool,
    /// Number of lines that have been examined.
    looked: usize,
}

#[derive(Debug)]
enum What {
    Words(Filter),
    /// The line with this number, which is selected again when the filter has reached it.
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
    /// Starts a search after or before the selected line. The search goes on at the other
    /// end of the lines.
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

    /// Continues the search. Returns whether there is more to do.
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
