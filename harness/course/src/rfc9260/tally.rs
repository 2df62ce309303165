//! Numbers of demands by level and state.

use super::{Level, Requirements, Section, State};

/// Numbers of demands of one level, by state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Something fails if a stack violates the demand, and Linux does not.
    pub shown: usize,
    /// Linux violates the demand.
    pub differs: usize,
    /// A part of the demand is shown.
    pub partly: usize,
    /// The demand cannot be shown.
    pub reason: usize,
    /// The demand is not shown yet.
    pub open: usize,
}

impl Tally {
    /// The total.
    #[must_use]
    pub fn all(&self) -> usize {
        self.shown + self.differs + self.partly + self.reason + self.open
    }

    /// The numbers with their headings, in the order of tables.
    #[must_use]
    pub fn columns(&self) -> [(&'static str, usize); 6] {
        [
            ("in all", self.all()),
            ("shown", self.shown),
            ("Linux differs", self.differs),
            ("shown in part", self.partly),
            ("not to be seen", self.reason),
            ("open", self.open),
        ]
    }
}

impl Requirements {
    /// The demands of a level in the sections that `is_wanted` selects.
    pub fn tally(&self, level: Level, is_wanted: impl Fn(&Section) -> bool) -> Tally {
        let mut tally = Tally::default();
        let sections = self.sections.iter().filter(|it| is_wanted(it));
        let sentences = sections.flat_map(|it| &it.sentences);
        let demands = sentences.flat_map(|it| &it.demands);
        for demand in demands.filter(|it| it.keyword.level == level) {
            match self.state(demand) {
                State::Shown => tally.shown += 1,
                State::Differs => tally.differs += 1,
                State::Partly => tally.partly += 1,
                State::Reason(_) => tally.reason += 1,
                State::Open => tally.open += 1,
            }
        }
        tally
    }

    /// Numbers of the chapters, in order.
    #[must_use]
    pub fn chapters(&self) -> Vec<&str> {
        let mut chapters: Vec<&str> = self.sections.iter().map(Section::chapter).collect();
        chapters.dedup();
        chapters
    }
}
