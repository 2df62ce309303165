//! Judges assertions. Each kind of assertion has a module here and a line in the
//! [table](of).

mod associations;
mod calls;
mod chunks;
mod counters;
mod delivered;
mod echoes;
mod followed;
mod intervals;
mod latency;
mod messages;
mod notifications;
mod path_changes;
mod paths;
mod sequence;

use scenario::{Assertion, Check};

use super::case::Case;
use super::cause;
use super::finding::Finding;
use super::verdict::{Judgement, Result};

/// The judging of one kind of assertion.
pub(crate) trait Judge {
    /// The finding of the recording. `None` if the run never reached the assertion's
    /// window.
    fn judge(&self, case: Case<'_>) -> Option<Finding>;

    /// Whether a capture without any other observation can decide the assertion.
    fn is_about_the_wire(&self) -> bool {
        false
    }

    /// The likeliest cause of a failure, where only this kind of assertion can have it
    /// and the recording shows it.
    fn cause(&self, _case: Case<'_>, _finding: &Finding) -> Option<String> {
        None
    }

    /// The endpoints whose associations the assertion needs. An empty list means all
    /// endpoints.
    fn endpoints(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// The table of all kinds of assertion.
fn of(check: &Check) -> &dyn Judge {
    match check {
        Check::Delivered(it) => it,
        Check::Chunks(it) => it,
        Check::Notifications(it) => it,
        Check::Messages(it) => it,
        Check::Calls(it) => it,
        Check::Paths(it) => it,
        Check::PathChanges(it) => it,
        Check::Associations(it) => it,
        Check::Sequence(it) => it,
        Check::Echoes(it) => it,
        Check::Followed(it) => it,
        Check::Intervals(it) => it,
        Check::Latency(it) => it,
        Check::Counters(it) => it,
    }
}

/// Judges an assertion by a run of the lab.
pub(crate) fn judge(case: Case<'_>, assertion: &Assertion) -> Judgement {
    let check = &assertion.check;
    let kind = of(check);
    let Some(finding) = kind.judge(case) else {
        return not_reached(check.to_string()).named(assertion.name.as_str(), assertion.line);
    };
    let cause = finding.failed().then(|| {
        let own = kind.cause(case, &finding);
        own.or_else(|| cause::of_assertion(case, check, &kind.endpoints(), &finding))
    });
    let is_over = check.window().is_some_and(|it| it.before.is_some());
    let is_open = !is_over && !case.timeline.is_complete();
    let judgement = match finding.can_change() && is_open {
        true => finding.not_over(check.to_string()),
        false => Judgement {
            cause: cause.flatten(),
            ..finding.judgement(check.to_string())
        },
    };
    judgement.named(assertion.name.as_str(), assertion.line)
}

/// Judges an assertion by a capture that the lab did not make.
pub(crate) fn judge_capture(case: Case<'_>, assertion: &Assertion) -> Judgement {
    let check = &assertion.check;
    let kind = of(check);
    let finding = kind.is_about_the_wire().then(|| kind.judge(case)).flatten();
    let judgement = match (finding, check.window()) {
        (Some(finding), _) => finding.judgement(check.to_string()),
        (None, Some(window)) if kind.is_about_the_wire() => {
            not_shown(check, case.timeline.unknown(window))
        }
        (None, _) => not_shown(check, "it is not about the wire".to_owned()),
    };
    judgement.named(assertion.name.as_str(), assertion.line)
}

fn not_shown(check: &Check, why: String) -> Judgement {
    Judgement {
        result: Result::NotShown,
        ..Judgement::of(false, check.to_string(), why)
    }
}

pub(crate) fn not_reached(wanted: String) -> Judgement {
    Judgement {
        result: Result::NotReached,
        ..Judgement::of(false, wanted, "the run ended before it".to_owned())
    }
}
