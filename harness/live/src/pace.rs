//! Holds packets back until their time has come.

use std::time::{Duration, Instant};

/// How fast a capture's time goes by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    /// Seconds of the capture in a second.
    speed: f64,
    /// A moment, and what time it was in the capture.
    from: (Instant, u64),
}

impl Pace {
    /// `first_ns` is now.
    pub(crate) fn new(speed: f64, now: Instant, first_ns: u64) -> Self {
        Self {
            speed,
            from: (now, first_ns),
        }
    }

    /// When a packet's time has come; nothing if that is in another age.
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
        // One that comes late is due.
        assert_eq!(pace.due(0), Some(now));
        assert_eq!(Pace::new(1e-300, now, 0).due(u64::MAX), None);
    }
}
