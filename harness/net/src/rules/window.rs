//! When a rule is in force.

use std::time::Duration;

/// When a rule is in force, counted from when it was added. By default, from
/// then on and for ever.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// From so much later on.
    pub after: Duration,
    /// For so long; for ever if not given.
    pub lasts: Option<Duration>,
}

impl Window {
    /// Whether that moment, so long after the rule was added, is in it.
    pub(super) fn holds(self, moment: Duration) -> bool {
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
