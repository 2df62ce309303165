//! T5-shutdown-guard where it, and no error, ends an association: it is set with the first
//! SHUTDOWN, or before that where an association that is to be shut down waits for the peer's
//! closed window, and its errors have exceeded their limit.

use bounds::{Interval, Span};
use recording::{AssociationName, Time};

use super::{Case, Judged};
use crate::life::Life;

impl Case<'_, '_> {
    /// How long T5-shutdown-guard takes, by the RTO.Max that the association began with: a
    /// later change of RTO.Max leaves it as it is (net/sctp/associola.c,
    /// `sctp_association_init`).
    pub(super) fn guard(&self, association: &AssociationName) -> Option<Interval> {
        let times = self.stack.shutdown_guard.is?;
        let (endpoint, first) = (self.endpoint(), Time::ZERO);
        let timing = self
            .timeline
            .timers(endpoint, Some(association), None, first)?;
        Some(self.stack.expiry(Span::from(timing.rto_max) * times))
    }
}

/// An association that the guard ended, or may have ended.
pub(super) struct Guarded {
    /// When the guard was set.
    set: Time,
    allowed: Interval,
    /// Whether it was set before any SHUTDOWN.
    is_last_chance: bool,
}

impl Guarded {
    /// The guard that a closed window set, if it may have run out by then.
    pub(super) fn of(case: &Case<'_, '_>, life: &Life, at: Time) -> Option<Self> {
        Self::since(life.last_chance?, true, case, at)
    }

    /// The guard that the first SHUTDOWN set, if it ran out at that moment.
    pub(super) fn of_shutdown(case: &Case<'_, '_>, life: &Life, at: Time) -> Option<Self> {
        let guard = Self::since(life.shutdown?, false, case, at)?;
        let elapsed = Span::from(at - guard.set);
        (elapsed <= guard.allowed.most + case.slack().notice.into()).then_some(guard)
    }

    fn since(set: Time, is_last_chance: bool, case: &Case<'_, '_>, at: Time) -> Option<Self> {
        let allowed = case.guard(&case.association()?)?;
        let elapsed = Span::from(at - set) + case.slack().notice.into();
        (elapsed >= allowed.least).then_some(Self {
            set,
            allowed,
            is_last_chance,
        })
    }

    pub(super) fn judge(&self, case: &Case<'_, '_>, life: &Life) -> Judged {
        let errors = life
            .expiries
            .iter()
            .find(|it| it.at >= self.set)
            .map_or(life.errors, |it| it.of_association);
        let why = match self.is_last_chance {
            true => format!("{errors} errors while the peer's window was closed"),
            false => "the first SHUTDOWN".to_owned(),
        };
        let words = format!("{why} set T5-shutdown-guard: {}", self.allowed);
        let mut judged = Judged {
            clock: Some(format!("T5-shutdown-guard, set at {}", self.set)),
            between: Some(case.slack().noticed(self.allowed.least, self.allowed.most)),
            rules: match self.is_last_chance {
                true => vec![case.stack.on_last_chance()],
                false => Vec::new(),
            },
            ..Judged::new(true, self.set, words)
        };
        if let Some(wrong) = life.wrongs.iter().find(|wrong| wrong.at >= case.since) {
            judged.fail(wrong.words.clone());
        }
        judged
    }
}
