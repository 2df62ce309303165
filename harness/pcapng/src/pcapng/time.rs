//! Converts the times of an interface to nanoseconds.

/// The units of an interface's times: its options `if_tsresol` and `if_tsoffset`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    /// The highest bit selects powers of 2 or of 10; the other bits are the negative
    /// exponent.
    pub(super) resolution: u8,
    /// Seconds to add.
    pub(super) offset_s: i64,
}

impl Default for Clock {
    /// Microseconds.
    fn default() -> Self {
        Self {
            resolution: 6,
            offset_s: 0,
        }
    }
}

const NS_PER_S: i128 = 1_000_000_000;

impl Clock {
    /// The time in nanoseconds, rounded down; `None` if it does not fit.
    #[inline]
    pub(super) fn nanoseconds(self, units: u64) -> Option<u64> {
        match self {
            // A fast path for the most frequent units.
            Self {
                resolution: 9,
                offset_s: 0,
            } => Some(units),
            Self {
                resolution: 6,
                offset_s: 0,
            } => units.checked_mul(1_000),
            _ => self.scaled(units),
        }
    }

    fn scaled(self, units: u64) -> Option<u64> {
        // 64 bits of units times 30 bits of nanoseconds fit in 127 bits.
        let scaled = i128::from(units) * NS_PER_S;
        let exponent = u32::from(self.resolution & 0x7f);
        let base: i128 = if self.resolution & 0x80 == 0 { 10 } else { 2 };
        // A divisor that does not fit is greater than every time.
        let time = base
            .checked_pow(exponent)
            .map_or(0, |divisor| scaled / divisor);
        u64::try_from(time + i128::from(self.offset_s) * NS_PER_S).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(resolution: u8, offset_s: i64, units: u64, expected: Option<u64>) {
        let clock = Clock {
            resolution,
            offset_s,
        };
        assert_eq!(clock.nanoseconds(units), expected);
    }

    #[test]
    fn powers_of_ten_and_two() {
        check(9, 0, u64::MAX, Some(u64::MAX));
        check(6, 0, 1, Some(1_000));
        check(0, 0, 2, Some(2_000_000_000));
        check(12, 0, 1_999, Some(1));
        check(0x80 | 1, 0, 3, Some(1_500_000_000));
        check(0x7f, 0, u64::MAX, Some(0));
        check(0xff, 0, u64::MAX, Some(0));
    }

    #[test]
    fn offsets_move_the_time() {
        check(9, 1, 5, Some(1_000_000_005));
        check(9, -1, 2_000_000_000, Some(1_000_000_000));
    }

    #[test]
    fn what_does_not_fit_is_no_time() {
        check(0, 0, u64::MAX, None);
        check(9, -1, 0, None);
        check(9, i64::MAX, 0, None);
    }
}
