//! The time at which a held back packet is due.

use std::time::{Duration, Instant};

/// The speed of a capture's time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    /// The seconds of the capture that pass in a second.
    speed: f64,
    /// A moment of the real clock, and the time of the capture at that moment, in
    /// nanoseconds.
    from: (Instant, u64),
}

impl Pace {
    /// A pace at which the capture's time is `first_ns` now.
    pub(crate) fn new(speed: f64, now: Instant, first_ns: u64) -> Self {
        Self {
            speed,
            from: (now, first_ns),
        }
    }

    /// When a packet is due; `None` if that is beyond what a clock can say.
    pub(crate) fn due(self, time_ns: u64) -> Option<Instant> {
        let (start, zero) = self.from;
        let later = Duration::from_nanos(time_ns.saturating_sub(zero));
        let wait = Duration::try_from_secs_f64(later.as_secs_f64() / self.speed).ok()?;
        start.checked_add(wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_twice_the_speed_it_takes_half_the_time() {
        let now = Instant::now();
        let pace = Pace::new(2.0, now, 1_000_000_000);
        assert_eq!(pace.due(3_000_000_000), Some(now + Duration::from_secs(1)));
        // A packet from before the first one is due at once.
        assert_eq!(pace.due(0), Some(now));
        assert_eq!(Pace::new(1e-300, now, 0).due(u64::MAX), None);
    }
}
