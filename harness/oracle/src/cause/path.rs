//! Causes in the states of paths: an unknown or unconfirmed path, a hidden state, a link
//! without faults.

use std::net::IpAddr;

use recording::{Event, PathSample, Time};
use scenario::{Action, EndpointName, NotificationPattern, PathPattern, PathState};

use crate::case::Case;
use crate::timeline::Timeline;

/// Why a notification about a path did not come: the state that the path had instead.
pub(crate) fn of_notification(
    case: Case<'_>,
    at: &str,
    pattern: &NotificationPattern,
    until: Time,
) -> Option<String> {
    let state = pattern.state.as_deref();
    if state == Some("SCTP_ADDR_POTENTIALLY_FAILED")
        && let Some(hidden) = hidden(case, at, pattern.address, until)
    {
        return Some(hidden);
    }
    match of_address(case, at, pattern.address?, until) {
        Some(Odd::Unknown(_)) if state == Some("SCTP_ADDR_REMOVED") => None,
        Some(Odd::Unknown(words) | Odd::Unconfirmed(words)) => Some(words),
        None => None,
    }
}

/// Why a path of a program did not come into the state that was waited for.
pub(super) fn of_path(
    case: Case<'_>,
    at: &str,
    path: &PathPattern,
    until: Time,
    since: Time,
) -> Option<String> {
    let odd = of_address(case, at, path.address, until);
    let odd = odd.map(|(Odd::Unknown(words) | Odd::Unconfirmed(words))| words);
    odd.or_else(|| without_one(case, at))
        .or_else(|| match path.state {
            PathState::Unreachable => no_fault(case, path.address, since),
            PathState::Available | PathState::PotentiallyFailed => None,
        })
}

/// The words that a program never had or began an association, if that is true.
pub(super) fn without_one(case: Case<'_>, at: &str) -> Option<String> {
    let mut all = case.timeline.observations();
    let is_one = |event: &Event| {
        matches!(event, Event::AssociationBegun(end) | Event::AssociationUp(end)
            if end.endpoint == at)
    };
    (!all.any(|(_, it)| is_one(&it.event))).then(|| {
        format!(
            "no socket of {at} ever had an association: one that it has not accepted yet is none \
             of its own"
        )
    })
}

/// What is odd about a path.
enum Odd {
    Unknown(String),
    Unconfirmed(String),
}

fn of_address(case: Case<'_>, at: &str, address: IpAddr, until: Time) -> Option<Odd> {
    let paths = case.timeline.paths(at, until);
    match paths.iter().find(|path| path.address == address) {
        // Without any path there was no association to know of addresses.
        None if paths.is_empty() => None,
        None => Some(Odd::Unknown(format!(
            "{address} is not among the addresses that the association knows of: \
             was it advertised in INIT or INIT ACK?"
        ))),
        Some(path) if path.state == UNCONFIRMED => Some(Odd::Unconfirmed(unconfirmed(address))),
        _ => None,
    }
}

const UNCONFIRMED: &str = "SCTP_UNCONFIRMED";

fn unconfirmed(address: IpAddr) -> String {
    format!("the path to {address} was never confirmed: no HEARTBEAT to it was answered")
}

/// The path of an endpoint that was never confirmed, among those that `is_meant` selects.
pub(super) fn never_confirmed(
    case: Case<'_>,
    at: &str,
    until: Time,
    is_meant: impl Fn(IpAddr) -> bool,
) -> Option<String> {
    let paths = case.timeline.paths(at, until);
    let mut paths = paths.iter();
    let path = paths.find(|path| path.state == UNCONFIRMED && is_meant(path.address))?;
    Some(unconfirmed(path.address))
}

/// The words that a path became potentially failed and Linux was not to tell, if that is
/// true. Linux sends this notification only where `net.sctp.pf_expose` is 2
/// (`sctp_assoc_control_transport` in net/sctp/associola.c).
fn hidden(case: Case<'_>, at: &str, address: Option<IpAddr>, until: Time) -> Option<String> {
    const EXPOSE: &str = "net.sctp.pf_expose";
    if !case.timeline.recording.info.kernel.starts_with("Linux") {
        return None;
    }
    let is_it = |path: &PathSample| {
        path.state == "SCTP_POTENTIALLY_FAILED" && address.is_none_or(|it| it == path.address)
    };
    let when = case
        .timeline
        .observations()
        .find_map(|(_, it)| match &it.event {
            Event::Path {
                endpoint, sample, ..
            } if endpoint == at && it.at <= until && is_it(sample) => Some((it.at, sample.address)),
            _ => None,
        });
    let (when, address) = when?;
    let endpoint = case.scenario.endpoint(&EndpointName::new(at))?;
    let mut nodes = case.scenario.nodes.iter();
    let node = nodes.find(|node| node.name == endpoint.node)?;
    let given = node.sysctls.iter().rev().find(|it| it.name == EXPOSE);
    let steps = case.scenario.steps.iter();
    let is_changed = steps.clone().any(|step| {
        matches!(&step.action, Action::SetSysctl(it)
            if it.sysctls.iter().any(|it| it.name == EXPOSE))
    });
    let value = given.map_or(0, |it| it.value);
    (value != 2 && !is_changed).then(|| {
        format!(
            "{address} was potentially failed at {when}, and Linux tells of that only with \
             `{EXPOSE}: 2`; on {} it is {value}",
            node.name
        )
    })
}

/// The words that a path was expected to fail although no fault took a packet on its link,
/// if that is true.
pub(super) fn untouched(
    case: Case<'_>,
    pattern: &NotificationPattern,
    since: Time,
) -> Option<String> {
    let address = pattern.address?;
    if pattern.state.as_deref() != Some("SCTP_ADDR_UNREACHABLE") {
        return None;
    }
    no_fault(case, address, since)
}

/// The words that no fault took anything on the link of an address, if that is true.
fn no_fault(case: Case<'_>, address: IpAddr, since: Time) -> Option<String> {
    let mut links = case.scenario.links.iter();
    let link = links.find(|link| link.has_address(address))?;
    (!has_taken(case.timeline, address, since))
        .then(|| format!("no fault took a packet on {}", link.name))
}

/// Whether a fault has taken a packet from or to that address since that time.
pub(crate) fn has_taken(timeline: &Timeline<'_>, address: IpAddr, since: Time) -> bool {
    timeline.packets.iter().any(|packet| {
        packet.captured.at >= since
            && packet.captured.fault.is_some()
            && (packet.source == address || packet.destination == address)
    })
}
