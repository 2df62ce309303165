//! Random choices by seed, which never change for a seed.

use std::ops::RangeInclusive;
use std::time::Duration;

/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", 2014). A seed that is written down must give the same scenario
/// after every update of a library, and so this one is the lab's own.
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A whole number of this range, each as likely as the others.
    pub(crate) fn number(&mut self, range: RangeInclusive<u64>) -> u64 {
        let width = range.end() - range.start() + 1;
        range.start() + self.next() % width
    }

    /// Whether something happens that has this chance, in percent.
    pub(crate) fn percent(&mut self, chance: u64) -> bool {
        self.number(1..=100) <= chance
    }

    /// One of these, each as likely as the others.
    pub(crate) fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        let last = choices.len().saturating_sub(1) as u64;
        choices[self.number(0..=last) as usize]
    }

    /// One of the indices below `count`.
    pub(crate) fn index(&mut self, count: usize) -> usize {
        self.number(0..=(count.saturating_sub(1)) as u64) as usize
    }

    /// A whole number of milliseconds of this range. A time of some tens of
    /// milliseconds is as likely as one of some tens of seconds: timers differ by
    /// factors.
    pub(crate) fn time(&mut self, range: RangeInclusive<Duration>) -> Duration {
        let (least, most) = (range.start().as_millis(), range.end().as_millis());
        let (least, most) = (least.max(1) as f64, most.max(1) as f64);
        let share = self.number(0..=1_000_000) as f64 / 1e6;
        let milliseconds = least * (most / least).powf(share);
        Duration::from_millis(milliseconds.round() as u64).clamp(*range.start(), *range.end())
    }
}
