//! Detects TSNs that were sent before.

use wire::Tsn;

/// The number of TSNs, from the highest downwards, that are remembered.
const REMEMBERED: usize = 2048;

/// The last TSNs of a flow, one bit each.
#[derive(Debug)]
pub(crate) struct Seen {
    highest: Option<Tsn>,
    bits: [u64; REMEMBERED / 64],
}

impl Default for Seen {
    fn default() -> Self {
        Self {
            highest: None,
            bits: [0; REMEMBERED / 64],
        }
    }
}

/// What is known of a TSN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// The TSN is higher than all before.
    Higher,
    /// The TSN is lower than the highest, and new.
    Lower,
    /// The TSN was seen before.
    Again,
    /// The TSN is so much lower that nothing is known of it.
    Forgotten,
}

impl Seen {
    /// Takes a TSN, and says what was known of it.
    pub(crate) fn see(&mut self, tsn: Tsn) -> Known {
        let Some(highest) = self.highest else {
            self.highest = Some(tsn);
            self.set(tsn);
            return Known::Higher;
        };
        let ahead = tsn.offset_from(highest);
        if ahead > 0 {
            let skipped = (ahead as usize).min(REMEMBERED);
            for back in 0..skipped {
                self.clear(Tsn(tsn.0.wrapping_sub(back as u32)));
            }
            self.highest = Some(tsn);
            self.set(tsn);
            return Known::Higher;
        }
        if ahead.unsigned_abs() as usize >= REMEMBERED {
            return Known::Forgotten;
        }
        match self.has(tsn) {
            true => Known::Again,
            false => {
                self.set(tsn);
                Known::Lower
            }
        }
    }

    fn place(tsn: Tsn) -> (usize, u64) {
        let place = tsn.0 as usize % REMEMBERED;
        (place / 64, 1 << (place % 64))
    }

    fn has(&self, tsn: Tsn) -> bool {
        let (word, bit) = Self::place(tsn);
        self.bits[word] & bit != 0
    }

    fn set(&mut self, tsn: Tsn) {
        let (word, bit) = Self::place(tsn);
        self.bits[word] |= bit;
    }

    fn clear(&mut self, tsn: Tsn) {
        let (word, bit) = Self::place(tsn);
        self.bits[word] &= !bit;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_is_told_from_what_comes_late() {
        let mut seen = Seen::default();
        assert_eq!(seen.see(Tsn(u32::MAX)), Known::Higher);
        assert_eq!(seen.see(Tsn(2)), Known::Higher);
        assert_eq!(seen.see(Tsn(1)), Known::Lower);
        assert_eq!(seen.see(Tsn(1)), Known::Again);
        assert_eq!(seen.see(Tsn(u32::MAX)), Known::Again);
        assert_eq!(seen.see(Tsn(3000)), Known::Higher);
        assert_eq!(seen.see(Tsn(2050)), Known::Lower, "its bit was that of 2");
        assert_eq!(seen.see(Tsn(2)), Known::Forgotten);
    }
}
