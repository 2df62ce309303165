//! Converts durations to the kernel's units.

use std::io;
use std::time::Duration;

/// Whole milliseconds. A fraction is rounded up, since 0 means "unchanged" to many
/// options.
pub(super) fn to_millis(time: Duration) -> io::Result<u32> {
    u32::try_from(time.as_nanos().div_ceil(1_000_000)).map_err(|_| too_long())
}

/// Whole seconds, a fraction rounded up.
pub(super) fn to_seconds(time: Duration) -> io::Result<u32> {
    u32::try_from(time.as_nanos().div_ceil(1_000_000_000)).map_err(|_| too_long())
}

pub(super) fn from_millis(milliseconds: u32) -> Duration {
    Duration::from_millis(milliseconds.into())
}

fn too_long() -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidInput,
        "the time is longer than the option can hold",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_are_rounded_up_and_never_to_zero() {
        assert_eq!(to_millis(Duration::ZERO).unwrap(), 0);
        assert_eq!(to_millis(Duration::from_micros(1)).unwrap(), 1);
        assert_eq!(to_millis(Duration::from_millis(1500)).unwrap(), 1500);
        assert_eq!(to_seconds(Duration::from_millis(1500)).unwrap(), 2);
    }

    #[test]
    fn what_cannot_be_held_is_refused() {
        assert_eq!(
            to_millis(Duration::MAX).unwrap_err().kind(),
            io::ErrorKind::InvalidInput
        );
    }
}
