//! A finding on one assertion, and whether the rest of the run could change it.

use super::number::Number;
use super::verdict::{Judgement, Result};

/// What a recording says about one assertion.
pub(crate) struct Finding {
    passed: bool,
    can_change: bool,
    is_short: bool,
    seen: String,
    numbers: Vec<Number>,
    packets: Vec<usize>,
    near: Option<(String, u64)>,
}

impl Finding {
    /// A finding that the assertion holds or not, with what was seen, in words. Until
    /// [`Finding::settled`] is called, the finding counts as one that the rest of a run that
    /// was cut short could change.
    pub(crate) fn new(passed: bool, seen: String) -> Self {
        Self {
            passed,
            can_change: true,
            is_short: !passed,
            seen,
            numbers: Vec::new(),
            packets: Vec::new(),
            near: None,
        }
    }

    /// Says whether the result is final, so that nothing later can change it. The cause of a
    /// settled failure is something that was seen, not something that was missing.
    pub(crate) fn settled(mut self, settled: bool) -> Self {
        self.can_change = !settled;
        self.is_short = !self.passed && !settled;
        self
    }

    /// Adds a second condition, and whether the rest of the run could still change it.
    pub(crate) fn also(mut self, holds: bool, settled: bool, words: &str) -> Self {
        self.seen.push_str(words);
        let fails_for_good = !holds && settled;
        if self.passed || fails_for_good {
            self.can_change = !settled;
            self.is_short = !holds && !settled;
        }
        self.passed &= holds;
        self
    }

    /// Adds the numbers that the words contain.
    pub(crate) fn with(mut self, numbers: impl IntoIterator<Item = Number>) -> Self {
        self.numbers.extend(numbers);
        self
    }

    /// Adds the packets that explain a failure: indices into the recording's packets.
    pub(crate) fn at(mut self, packets: Vec<usize>) -> Self {
        self.packets = packets;
        self
    }

    /// Adds the one difference that all near misses share, and the number of these near
    /// misses.
    pub(crate) fn near(mut self, near: Option<(&str, u64)>) -> Self {
        self.near = near.map(|(differs, count)| (differs.to_owned(), count));
        self
    }

    /// If something was missing: the one difference that all near misses share, and their
    /// number.
    pub(crate) fn instead(&self) -> Option<(&str, u64)> {
        let (differs, count) = self.near.as_ref().filter(|_| self.is_short)?;
        Some((differs, *count))
    }

    pub(crate) fn failed(&self) -> bool {
        !self.passed
    }

    /// Whether something was missing that later parts of the run could have brought.
    pub(crate) fn is_short(&self) -> bool {
        self.is_short
    }

    pub(crate) fn can_change(&self) -> bool {
        self.can_change
    }

    pub(crate) fn judgement(self, wanted: String) -> Judgement {
        let packets = if self.passed {
            Vec::new()
        } else {
            self.packets
        };
        Judgement {
            packets,
            ..Judgement::of(self.passed, wanted, self.seen).with(self.numbers)
        }
    }

    /// The judgement on a run that ended while the assertion could still have become true
    /// or false.
    pub(crate) fn not_over(self, wanted: String) -> Judgement {
        let seen = format!("{} when the run ended early", self.seen);
        Judgement {
            result: Result::NotReached,
            ..Judgement::of(false, wanted, seen).with(self.numbers)
        }
    }
}
