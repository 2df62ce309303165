use scenario::NotificationCount;

use super::observed::{self, Wanted};
use super::timeline::Timeline;
use super::verdict::Judgement;

/// `None` if the run never came to the window.
pub(crate) fn judge(timeline: &Timeline<'_>, it: &NotificationCount) -> Option<Judgement> {
    let wanted = Wanted {
        words: it.to_string(),
        unit: "notifications",
        fields: &it.pattern.wanted(),
        window: &it.window,
        count: it.count,
    };
    let (at, name) = (it.at.as_str(), it.pattern.kind.constant());
    observed::judge(timeline, &wanted, |event| {
        event.is_notification(at, name, [])
    })
}
