//! The time in which a rule is in force.

use std::time::Duration;

/// The time in which a rule is in force, counted from its addition. By default, the rule
/// is in force at once and for ever.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// Time from the addition of the rule until the rule is in force.
    pub after: Duration,
    /// Time for which the rule is in force; for ever by default.
    pub lasts: Option<Duration>,
}

impl Window {
    /// Whether the rule is in force at `moment`, a time after its addition.
    #[must_use]
    pub fn holds(self, moment: Duration) -> bool {
        moment
            .checked_sub(self.after)
            .is_some_and(|within| self.lasts.is_none_or(|lasts| within < lasts))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Window;

    #[test]
    fn a_window_begins_with_its_first_moment_and_ends_before_its_last() {
        let seconds = Duration::from_secs;
        let window = Window {
            after: seconds(5),
            lasts: Some(seconds(2)),
        };
        let inside = (0..10).filter(|moment| window.holds(seconds(*moment)));
        assert_eq!(inside.collect::<Vec<_>>(), [5, 6]);
        assert!(Window::default().holds(Duration::ZERO));
        assert!(Window::default().holds(Duration::MAX));
    }
}
