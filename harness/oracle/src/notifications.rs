use recording::{Event, Observation};
use scenario::{NotificationCount, NotificationPattern};

use super::timeline::Timeline;
use super::verdict::Judgement;

/// `None` if the run never came to the window.
pub(crate) fn judge(timeline: &Timeline<'_>, wanted: &NotificationCount) -> Option<Judgement> {
    let (from, to) = timeline.span(&wanted.window)?;
    let seen = timeline
        .observations()
        .filter(|(_, it)| it.at >= from && it.at <= to)
        .filter(|(_, it)| matches(it, wanted.at.as_str(), &wanted.pattern))
        .count() as u64;
    Some(Judgement::of(
        wanted.count.allows(seen),
        scenario::Check::Notifications(wanted.clone()).to_string(),
        format!("{seen} seen"),
    ))
}

/// Whether an observation is such a notification at that endpoint.
pub(crate) fn matches(it: &Observation, at: &str, pattern: &NotificationPattern) -> bool {
    let Event::Notification {
        endpoint,
        name,
        fields,
        ..
    } = &it.event
    else {
        return false;
    };
    endpoint == at
        && name == pattern.kind.constant()
        && pattern
            .state
            .as_deref()
            .is_none_or(|state| fields.state() == Some(state))
        && pattern
            .address
            .is_none_or(|address| fields.address() == Some(address))
}
