//! T5-shutdown-guard that was set before any SHUTDOWN: an association that is to be shut down
//! waits for the peer's closed window, and its errors have exceeded their limit.

use bounds::{Interval, Span};
use recording::Time;

use super::{Case, Judged};
use crate::life::Life;

/// An association that the guard ended, or may have ended.
pub(super) struct Guarded {
    /// When the guard was set.
    set: Time,
    allowed: Interval,
}

impl Guarded {
    /// The guard, if it was set and may have run out by then.
    pub(super) fn of(case: &Case<'_, '_>, life: &Life, at: Time) -> Option<Self> {
        let set = life.last_chance?;
        let association = case.association()?;
        let times = case.stack.shutdown_guard.is?;
        let timing =
            case.timeline
                .timers(case.endpoint(), Some(&association), None, case.until())?;
        let allowed = case.stack.expiry(Span::from(timing.rto_max) * times);
        let elapsed = Span::from(at - set) + case.slack().notice.into();
        (elapsed >= allowed.least).then_some(Self { set, allowed })
    }

    pub(super) fn judge(&self, case: &Case<'_, '_>, life: &Life) -> Judged {
        let errors = life
            .expiries
            .iter()
            .find(|it| it.at >= self.set)
            .map_or(life.errors, |it| it.of_association);
        let words = format!(
            "{errors} errors while the peer's window was closed set T5-shutdown-guard: {}",
            self.allowed
        );
        let mut judged = Judged {
            clock: Some(format!("T5-shutdown-guard, set at {}", self.set)),
            between: Some(case.slack().noticed(self.allowed.least, self.allowed.most)),
            rules: vec![case.stack.on_last_chance()],
            ..Judged::new(true, self.set, words)
        };
        if let Some(wrong) = life.wrongs.iter().find(|wrong| wrong.at >= case.since) {
            judged.fail(wrong.words.clone());
        }
        judged
    }
}
