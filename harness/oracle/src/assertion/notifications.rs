//! Judges the assertion `notifications`: counts the notifications of a kind.

use scenario::NotificationCount;

use super::Judge;
use crate::case::Case;
use crate::cause;
use crate::finding::Finding;
use crate::observed::{self, Wanted};

impl Judge for NotificationCount {
    fn judge(&self, case: Case<'_>) -> Option<Finding> {
        let wanted = Wanted {
            unit: "notifications",
            fields: &self.pattern.wanted(),
            window: &self.window,
            count: self.count,
        };
        let (at, name) = (self.at.as_str(), self.pattern.kind.constant());
        observed::judge(case.timeline, &wanted, |event| {
            event.is_notification(at, name, [])
        })
    }

    fn cause(&self, case: Case<'_>, finding: &Finding) -> Option<String> {
        let (_, until) = case.timeline.span(&self.window)?;
        finding
            .is_short()
            .then(|| cause::of_notification(case, self.at.as_str(), &self.pattern, until))?
    }

    fn endpoints(&self) -> Vec<&str> {
        vec![self.at.as_str()]
    }
}
