//! Converts the kernel's time stamps to monotonic time.

use std::io;

use nix::errno::Errno;
use nix::sys::time::{TimeSpec, TimeValLike};
use nix::sys::timerfd::{self, Expiration, TimerFd, TimerFlags, TimerSetTimeFlags};
use nix::time::{ClockId, clock_gettime};

/// Number of measurements, of which the best counts.
const MEASUREMENTS: usize = 5;

/// Converts the kernel's time stamps on frames from `CLOCK_REALTIME` to
/// `CLOCK_MONOTONIC`.
///
/// The difference between the clocks is constant except for steps of the wall clock. It is
/// measured once, since the errors of several measurements could change the order of
/// frames. Only after a step is it measured again.
#[derive(Debug)]
pub(super) struct Clock {
    /// The lead of real time over monotonic time, in nanoseconds.
    ahead: i64,
    steps: Steps,
}

impl Clock {
    pub(super) fn new() -> io::Result<Self> {
        // The watch begins before the measurement, so that no step goes unnoticed.
        let steps = Steps::watch()?;
        Ok(Self {
            ahead: measure(),
            steps,
        })
    }

    /// Measures the difference again after a step. Must be called before the stamps of
    /// newly read frames are converted.
    pub(super) fn follow_steps(&mut self) -> io::Result<()> {
        if self.steps.any()? {
            self.ahead = measure();
        }
        Ok(())
    }

    /// Nanoseconds of `CLOCK_MONOTONIC` for nanoseconds of `CLOCK_REALTIME`.
    pub(super) fn monotonic(&self, real: i64) -> u64 {
        u64::try_from(real - self.ahead).unwrap_or(0)
    }
}

/// Tells whether somebody has set the wall clock: one system call, where comparing the two
/// clocks takes three. The guests of virtual time spend most of their time on system calls.
#[derive(Debug)]
struct Steps(TimerFd);

impl Steps {
    fn watch() -> io::Result<Self> {
        let flags = TimerFlags::TFD_NONBLOCK | TimerFlags::TFD_CLOEXEC;
        let timer = TimerFd::new(timerfd::ClockId::CLOCK_REALTIME, flags)?;
        // The timer of time 0 never expires, and is cancelled all the same (fs/timerfd.c,
        // timerfd_setup_cancel).
        let never = Expiration::OneShot(TimeSpec::zero());
        let flags =
            TimerSetTimeFlags::TFD_TIMER_ABSTIME | TimerSetTimeFlags::TFD_TIMER_CANCEL_ON_SET;
        timer.set(never, flags)?;
        Ok(Self(timer))
    }

    /// Whether there were any steps since the last call.
    fn any(&self) -> io::Result<bool> {
        match self.0.wait() {
            Ok(()) => Ok(true),
            Err(Errno::EAGAIN) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

/// The lead of real time, by the measurement that took the shortest time. An interrupted
/// measurement may be wrong by as much as half of the interruption.
fn measure() -> i64 {
    let measurements = (0..MEASUREMENTS).map(|_| measure_once());
    let best = measurements.min_by_key(|(_, slack)| *slack);
    best.unwrap_or_else(measure_once).0
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
        let clock = Clock::new().unwrap();
        let before = u64::try_from(now(ClockId::CLOCK_MONOTONIC)).unwrap();
        let stamp = clock.monotonic(now(ClockId::CLOCK_REALTIME));
        let after = u64::try_from(now(ClockId::CLOCK_MONOTONIC)).unwrap();
        // The measurement itself may be wrong by its duration.
        let slack = 1_000_000;
        assert!(before - slack <= stamp && stamp <= after + slack);
    }

    #[test]
    fn a_clock_that_nobody_sets_has_no_steps() {
        let mut clock = Clock::new().unwrap();
        let kept = clock.ahead;
        for _ in 0..3 {
            assert!(!clock.steps.any().unwrap());
            clock.follow_steps().unwrap();
        }
        assert_eq!(clock.ahead, kept);
    }
}
