//! The likeliest cause of a failure, where the recording tells one.

use recording::{Event, Time};
use scenario::{Check, Expect, Expected, Scenario};

use super::timeline::Timeline;

pub(crate) fn of_expectation(
    scenario: &Scenario,
    timeline: &Timeline<'_>,
    expect: &Expect,
    since: Time,
) -> Option<String> {
    if let Some(lost) = association_lost(timeline, expect.at.as_str()) {
        return Some(lost);
    }
    let Expected::Notification(pattern) = &expect.what else {
        return None;
    };
    let address = pattern.address?;
    let path = timeline
        .paths(expect.at.as_str(), timeline.recording.info.duration)
        .into_iter()
        .find(|path| path.address == address);
    match path {
        None => {
            return Some(format!(
                "{address} is not among the addresses that the association knows of: \
                 was it advertised in INIT or INIT ACK?"
            ));
        }
        Some(path) if path.state == "SCTP_UNCONFIRMED" => {
            return Some(format!(
                "the path to {address} was never confirmed: no HEARTBEAT to it was answered"
            ));
        }
        Some(_) => {}
    }
    let unreachable = pattern.state.as_deref() == Some("SCTP_ADDR_UNREACHABLE");
    let link = scenario
        .links
        .iter()
        .find(|link| link.has_address(address))?;
    let taken = timeline.packets.iter().any(|packet| {
        packet.captured.at >= since
            && packet.captured.fault.is_some()
            && timeline
                .recording
                .interfaces
                .get(packet.captured.interface)
                .is_some_and(|interface| interface.link == link.name.as_str())
    });
    (unreachable && !taken).then(|| format!("no fault took a packet on {}", link.name))
}

pub(crate) fn of_assertion(
    scenario: &Scenario,
    timeline: &Timeline<'_>,
    check: &Check,
) -> Option<String> {
    match check {
        Check::Delivered(it) => association_lost(timeline, it.from.as_str()),
        Check::Followed(it) => association_lost(timeline, it.through.first()?.as_str()),
        Check::Chunks(_)
        | Check::Sequence(_)
        | Check::Echoes(_)
        | Check::Intervals(_)
        | Check::Counters(_) => scenario
            .endpoints
            .iter()
            .find_map(|endpoint| association_lost(timeline, endpoint.name.as_str())),
        Check::Notifications(it) => association_lost(timeline, it.at.as_str()),
        Check::Messages(it) => association_lost(timeline, it.at.as_str()),
        Check::Calls(it) => association_lost(timeline, it.at.as_str()),
        Check::Paths(it) => association_lost(timeline, it.at.as_str()),
    }
}

fn association_lost(timeline: &Timeline<'_>, at: &str) -> Option<String> {
    timeline.observations().find_map(|(_, it)| match &it.event {
        Event::Notification {
            endpoint, fields, ..
        } if endpoint == at
            && matches!(
                fields.state(),
                Some("SCTP_COMM_LOST" | "SCTP_CANT_STR_ASSOC")
            ) =>
        {
            let state = fields.state().unwrap_or_default();
            Some(format!("the association ended at {}: {state}", it.at))
        }
        _ => None,
    })
}
