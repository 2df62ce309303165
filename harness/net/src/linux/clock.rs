//! Converts the kernel's time stamps to monotonic time.

use nix::time::{ClockId, clock_gettime};

/// Least difference that counts as a step of the clock, in nanoseconds: reading two
/// clocks one after the other takes only microseconds.
const STEP: i64 = 1_000_000;

/// Number of measurements, of which the best counts.
const MEASUREMENTS: usize = 5;

/// Converts the kernel's time stamps on frames from `CLOCK_REALTIME` to
/// `CLOCK_MONOTONIC`.
///
/// The difference between the clocks is constant except for steps of the wall clock. So
/// the difference is measured once, because the errors of several measurements could
/// change the order of frames. Only after a step it is measured again.
#[derive(Debug)]
pub(super) struct Clock {
    /// The lead of real time over monotonic time, in nanoseconds.
    ahead: i64,
}

impl Clock {
    pub(super) fn new() -> Self {
        Self { ahead: measure().0 }
    }

    /// Measures the difference again after a step. To be called before the stamps of
    /// newly read frames are converted.
    pub(super) fn follow_steps(&mut self) {
        if !self.agrees(measure_once()) {
            let (ahead, slack) = measure();
            if ahead.abs_diff(self.ahead) > STEP.unsigned_abs() + slack {
                self.ahead = ahead;
            }
        }
    }

    fn agrees(&self, (ahead, slack): (i64, u64)) -> bool {
        ahead.abs_diff(self.ahead) <= STEP.unsigned_abs() + slack
    }

    /// Nanoseconds of `CLOCK_MONOTONIC` for nanoseconds of `CLOCK_REALTIME`.
    pub(super) fn monotonic(&self, real: i64) -> u64 {
        u64::try_from(real - self.ahead).unwrap_or(0)
    }
}

/// The measurement that took the shortest time. One that was interrupted is wrong by as
/// much as the interruption lasted.
fn measure() -> (i64, u64) {
    let measurements = (0..MEASUREMENTS).map(|_| measure_once());
    measurements
        .min_by_key(|(_, slack)| *slack)
        .unwrap_or_else(measure_once)
}

/// The lead of real time, and the greatest error of this measurement.
fn measure_once() -> (i64, u64) {
    let before = now(ClockId::CLOCK_MONOTONIC);
    let real = now(ClockId::CLOCK_REALTIME);
    let after = now(ClockId::CLOCK_MONOTONIC);
    let took = after - before;
    (real - (before + took / 2), took.unsigned_abs())
}

fn now(clock: ClockId) -> i64 {
    let time = clock_gettime(clock).expect("every kernel has these two clocks");
    time.tv_sec() * 1_000_000_000 + time.tv_nsec()
}

#[cfg(test)]
mod tests {
    use nix::time::ClockId;

    use super::{Clock, now};

    #[test]
    fn a_stamp_taken_now_is_now() {
        let clock = Clock::new();
        let before = u64::try_from(now(ClockId::CLOCK_MONOTONIC)).unwrap();
        let stamp = clock.monotonic(now(ClockId::CLOCK_REALTIME));
        let after = u64::try_from(now(ClockId::CLOCK_MONOTONIC)).unwrap();
        // The measurement itself may be wrong by its duration.
        let slack = 1_000_000;
        assert!(before - slack <= stamp && stamp <= after + slack);
    }

    #[test]
    fn only_a_step_moves_the_distance() {
        let mut clock = Clock::new();
        clock.ahead += 1_000;
        let kept = clock.ahead;
        clock.follow_steps();
        assert_eq!(clock.ahead, kept);
        clock.ahead += 3_600_000_000_000;
        clock.follow_steps();
        assert!(clock.ahead.abs_diff(kept) < 2_000_000);
    }
}
