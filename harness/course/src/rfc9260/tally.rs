//! How many demands there are, and what is known of them.

use super::{Level, Requirements, Section, State};

/// How many demands of a level are in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Something fails if a stack does otherwise, and Linux does not.
    pub shown: usize,
    /// Linux does otherwise.
    pub differs: usize,
    /// A part is shown.
    pub partly: usize,
    /// Nothing can show it.
    pub reason: usize,
    /// Nothing shows it yet.
    pub open: usize,
}

impl Tally {
    /// All of them.
    #[must_use]
    pub fn all(&self) -> usize {
        self.shown + self.differs + self.partly + self.reason + self.open
    }

    /// Each number with what it is called, in the order of tables.
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
    /// The demands of a level in those sections that are wanted.
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

    /// The numbers of the chapters, in order.
    #[must_use]
    pub fn chapters(&self) -> Vec<&str> {
        let mut chapters: Vec<&str> = self.sections.iter().map(Section::chapter).collect();
        chapters.dedup();
        chapters
    }
}
