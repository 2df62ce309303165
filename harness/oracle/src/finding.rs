use super::number::Number;
use super::verdict::{Judgement, Result};

/// What a recording says of an assertion.
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
    /// Whether the assertion holds, and what was seen, in words. If the run was cut
    /// short, its rest might have told otherwise.
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

    /// Nothing that comes later can change it, if `settled`. What failed and is
    /// settled failed by what was seen, not by what was missing.
    pub(crate) fn settled(mut self, settled: bool) -> Self {
        self.can_change = !settled;
        self.is_short = !self.passed && !settled;
        self
    }

    /// Something else that must hold as well, and whether the rest of the run
    /// could still change that.
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

    /// The numbers in the words.
    pub(crate) fn with(mut self, numbers: impl IntoIterator<Item = Number>) -> Self {
        self.numbers.extend(numbers);
        self
    }

    /// The packets that explain a failure: indices into the recording's.
    pub(crate) fn at(mut self, packets: Vec<usize>) -> Self {
        self.packets = packets;
        self
    }

    /// What all that came near differs by, and how many of that sort there are.
    pub(crate) fn near(mut self, near: Option<(&str, u64)>) -> Self {
        self.near = near.map(|(differs, count)| (differs.to_owned(), count));
        self
    }

    /// Where something was missing: what was there instead, if it was of one sort.
    pub(crate) fn instead(&self) -> Option<(&str, u64)> {
        let (differs, count) = self.near.as_ref().filter(|_| self.is_short)?;
        Some((differs, *count))
    }

    pub(crate) fn failed(&self) -> bool {
        !self.passed
    }

    /// Whether something was missing that later parts of the run could have had.
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

    /// The judgement where the run ended while the assertion could still have
    /// become true, or false.
    pub(crate) fn not_over(self, wanted: String) -> Judgement {
        let seen = format!("{} when the run ended early", self.seen);
        Judgement {
            result: Result::NotReached,
            ..Judgement::of(false, wanted, seen).with(self.numbers)
        }
    }
}
