//! The difference between the clocks of two hosts, from packets that both have captured.

/// Nanoseconds in a second.
const SECOND: f64 = 1e9;

/// Number of packets from which on the rates of the clocks are compared.
const ENOUGH: usize = 8;

/// A packet that both hosts have captured: its time by the clock of each, in nanoseconds,
/// and whether it went from the first to the second.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Both {
    pub(crate) first: u64,
    pub(crate) second: u64,
    pub(crate) is_forward: bool,
}

impl Both {
    fn ahead(&self) -> i64 {
        (self.second as i64).wrapping_sub(self.first as i64)
    }
}

/// The clock of the second capture relative to that of the first.
///
/// A packet to the second host shows the difference of the clocks plus its own delay, a
/// packet to the first host the difference minus its own delay. The shortest delays of both
/// directions are taken to be equal. So the error is at most half of their sum.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Clock {
    /// By how many nanoseconds the second clock is ahead of the first at `since_ns`.
    pub ahead_ns: i64,
    /// Nanoseconds that the second clock gains in a second. 0 if the variation of the
    /// delays hides the gain.
    pub gains_ns: f64,
    /// The time by the second clock at which `ahead_ns` holds.
    pub since_ns: u64,
    /// Greatest error of the estimate, in nanoseconds. `None` if all packets that both hosts
    /// have captured went one way. In that case the clocks are assumed to agree.
    pub within_ns: Option<u64>,
}

impl Clock {
    pub(crate) fn of(pairs: &[Both]) -> Self {
        let since_ns = pairs.iter().map(|it| it.second).min().unwrap_or_default();
        let still = Self {
            since_ns,
            ..Self::default()
        };
        let gains_ns = gained(pairs, since_ns).unwrap_or(0.0);
        let steady = still.estimated(pairs, 0.0);
        let moving = still.estimated(pairs, gains_ns);
        // A clock that is faster makes the delays look shorter than they are, even
        // negative.
        match (steady, moving) {
            (Some((clock, room)), Some((other, other_room))) => match other_room > room {
                true => other,
                false => clock,
            },
            (Some((clock, _)), None) => clock,
            _ => still,
        }
    }

    /// The estimate that makes the shortest delays of both directions equal, and the sum
    /// of these delays.
    fn estimated(self, pairs: &[Both], gains_ns: f64) -> Option<(Self, i64)> {
        let clock = Self { gains_ns, ..self };
        let ahead = |it: &Both| it.ahead() - clock.gained(it.second);
        let forward = pairs.iter().filter(|it| it.is_forward).map(ahead).min()?;
        let back = pairs.iter().filter(|it| !it.is_forward).map(ahead).max()?;
        let room = forward - back;
        let clock = Self {
            ahead_ns: back + room / 2,
            within_ns: Some(room.unsigned_abs() / 2),
            ..clock
        };
        Some((clock, room))
    }

    fn gained(&self, second: u64) -> i64 {
        let passed = second as f64 - self.since_ns as f64;
        (passed / SECOND * self.gains_ns) as i64
    }

    /// The time by the first clock at which the second clock shows `second`.
    #[must_use]
    pub fn of_first(&self, second: u64) -> u64 {
        let first = (second as i64)
            .wrapping_sub(self.ahead_ns)
            .wrapping_sub(self.gained(second));
        u64::try_from(first).unwrap_or_default()
    }
}

/// Nanoseconds that the second clock gains in a second, computed from its lead in the
/// first and in the last quarter of the time.
fn gained(pairs: &[Both], since_ns: u64) -> Option<f64> {
    let until = pairs.iter().map(|it| it.second).max()?;
    let quarter = (until - since_ns) / 4;
    let ahead = |from: u64, to: u64| {
        let within = || {
            pairs
                .iter()
                .filter(move |it| (from..=to).contains(&it.second))
        };
        let forward = within().filter(|it| it.is_forward).map(Both::ahead);
        let back = within().filter(|it| !it.is_forward).map(Both::ahead);
        let (least, most) = (forward.min()?, back.max()?);
        (within().count() >= ENOUGH).then_some(least as f64 / 2.0 + most as f64 / 2.0)
    };
    let early = ahead(since_ns, since_ns + quarter)?;
    let late = ahead(until - quarter, until)?;
    let passed = 0.75 * (until - since_ns) as f64 / SECOND;
    (passed >= 1.0).then(|| (late - early) / passed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: u64 = 1_000_000;

    /// Packets every 100 ms. Each takes 5 ms or more to the second host, and as long
    /// back.
    fn pairs(ahead: i64, gains_per_second: i64) -> Vec<Both> {
        let both = |number: u64| {
            let sent = 1_700_000_000_000 * MS + number * 100 * MS;
            let way = 5 * MS + number % 3 * MS;
            let show = |at: u64| {
                let gained = gains_per_second * (number as i64) / 10;
                (at as i64 + ahead + gained) as u64
            };
            let is_forward = number.is_multiple_of(2);
            let (first, second) = match is_forward {
                true => (sent, show(sent + way)),
                false => (sent + way, show(sent)),
            };
            Both {
                first,
                second,
                is_forward,
            }
        };
        (0..1000).map(both).collect()
    }

    #[test]
    fn a_clock_that_is_wrong_is_put_right() {
        for ahead in [-3_600_000_000_000, -1, 0, 7_200_000_000_000] {
            let clock = Clock::of(&pairs(ahead, 0));
            assert!((clock.ahead_ns - ahead).abs() <= 1, "{clock:?}");
            assert_eq!(clock.within_ns, Some(5 * MS));
        }
    }

    /// 50 µs in a second come to 5 ms, which is as long as the delay of a packet.
    #[test]
    fn a_clock_that_is_fast_is_put_right_all_along() {
        let all = pairs(1_000_000_000, 50_000);
        let clock = Clock::of(&all);
        for both in &all {
            let way = clock.of_first(both.second) as i64 - both.first as i64;
            let way = if both.is_forward { way } else { -way };
            let wrong = way - (4.9 * MS as f64) as i64;
            assert!((0..3_000_000).contains(&wrong), "{way}: {clock:?}");
        }
        assert!((clock.gains_ns - 50_000.0).abs() < 100.0, "{clock:?}");
    }

    #[test]
    fn of_one_way_the_clocks_are_taken_to_agree() {
        let forward: Vec<Both> = pairs(5, 0).into_iter().filter(|it| it.is_forward).collect();
        let clock = Clock::of(&forward);
        assert_eq!((clock.ahead_ns, clock.within_ns), (0, None));
        assert_eq!(Clock::of(&[]).of_first(7), 7);
    }
}
