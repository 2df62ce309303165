//! A timer with the kernel's resolution of nanoseconds.

use std::io;
use std::os::fd::{AsFd, AsRawFd, RawFd};
use std::sync::Arc;
use std::time::Duration;

use nix::sys::time::TimeSpec;
use nix::sys::timerfd::{self, Expiration, TimerFd, TimerFlags, TimerSetTimeFlags};
use nix::time::{ClockId, clock_gettime};

use crate::watch::OwnsDescriptor;

/// Nanoseconds of `CLOCK_MONOTONIC`.
pub(crate) fn now() -> u64 {
    let now = clock_gettime(ClockId::CLOCK_MONOTONIC).expect("every kernel has this clock");
    u64::try_from(Duration::from(now).as_nanos()).unwrap_or(u64::MAX)
}

/// A timer descriptor, which becomes readable at a given time.
///
/// The runtime's own timers round up to milliseconds.
#[derive(Debug)]
pub(crate) struct Alarm(TimerFd);

impl OwnsDescriptor for Arc<Alarm> {}

impl Alarm {
    pub(crate) fn new() -> io::Result<Self> {
        let flags = TimerFlags::TFD_NONBLOCK | TimerFlags::TFD_CLOEXEC;
        Ok(Self(TimerFd::new(
            timerfd::ClockId::CLOCK_MONOTONIC,
            flags,
        )?))
    }

    /// Sets the timer to `time`, in nanoseconds of `CLOCK_MONOTONIC`. A time in the past
    /// expires at once. An earlier setting is replaced.
    pub(crate) fn set(&self, time: u64) -> io::Result<()> {
        // All zeroes would disarm the timer (timerfd_create(2)).
        let time = TimeSpec::from(Duration::from_nanos(time.max(1)));
        let flags = TimerSetTimeFlags::TFD_TIMER_ABSTIME;
        Ok(self.0.set(Expiration::OneShot(time), flags)?)
    }
}

impl AsRawFd for Alarm {
    fn as_raw_fd(&self) -> RawFd {
        self.0.as_fd().as_raw_fd()
    }
}
