//! Finds the path and the association that an expectation with a bound is about.

use std::net::IpAddr;

use recording::{AssociationName, Event, Time};
use scenario::Expected;

use super::Case;

impl Case<'_, '_> {
    /// The path that the expectation names.
    pub(super) fn address(&self) -> Option<IpAddr> {
        match &self.expect.what {
            Expected::Notification(pattern) => pattern.address,
            Expected::Path(path) => Some(path.address),
            _ => None,
        }
    }

    /// The association that the expectation is about. If the event was seen, it is the
    /// event's association; else the endpoint's last association with that path that
    /// existed while the expectation was waited for.
    pub(super) fn association(&self) -> Option<AssociationName> {
        let seen = self
            .seen
            .and_then(|(index, _)| self.timeline.recording.observations.get(index));
        if let Some(
            Event::Notification {
                association: Some(association),
                ..
            }
            | Event::Path { association, .. }
            | Event::AssociationEnded { association, .. },
        ) = seen.map(|it| &it.event)
        {
            return Some(association.clone());
        }
        self.candidates().pop()
    }

    /// How the association ended while the expectation was waited for, in words.
    pub(super) fn ending_of(&self, association: &AssociationName) -> Option<String> {
        let at = self.endpoint();
        let here = || {
            let all = self.timeline.observations().map(|(_, it)| it);
            all.filter(|it| it.at >= self.since && it.at <= self.until())
        };
        // When a program ends, its associations end, too.
        let program = here().find_map(|it| match &it.event {
            Event::ProgramEnded { endpoint, end } if endpoint == at => {
                Some(format!("{at} {end} at {}", it.at))
            }
            _ => None,
        });
        let of_socket = here().find_map(|it| match &it.event {
            Event::Notification {
                endpoint,
                association: Some(of),
                name,
                fields,
            } if endpoint == at && of == association && name == "SCTP_ASSOC_CHANGE" => {
                let state = fields.state()?;
                let is_end = matches!(
                    state,
                    "SCTP_COMM_LOST" | "SCTP_SHUTDOWN_COMP" | "SCTP_CANT_STR_ASSOC"
                );
                is_end.then(|| format!("the association of {at} ended at {}: {state}", it.at))
            }
            Event::AssociationEnded {
                endpoint,
                association: of,
                ..
            } if endpoint == at && of == association => {
                Some(format!("the association of {at} ended at {}", it.at))
            }
            _ => None,
        });
        program.or(of_socket)
    }

    /// Whether a notification that a path entered a state waited for the end of a message: the
    /// kernel reported the state soon after `since`, and the notification came at `at` with that
    /// message. Linux holds notifications back while it delivers a message in parts
    /// (net/sctp/ulpqueue.c, `sctp_ulpq_tail_event`).
    pub(super) fn was_held_back(
        &self,
        association: &AssociationName,
        path: IpAddr,
        state: &str,
        since: Time,
        at: Time,
    ) -> bool {
        let notice = self.slack().notice;
        let is_near = |it: Time| it <= at + notice && at <= it + notice;
        let (mut is_reported, mut is_received) = (false, false);
        for (_, it) in self.timeline.observations() {
            match &it.event {
                Event::Path {
                    endpoint,
                    association: of,
                    sample,
                } if endpoint == self.endpoint() && of == association => {
                    is_reported |= sample.address == path
                        && sample.state == state
                        && it.at >= since
                        && it.at <= since + notice;
                }
                Event::Received {
                    endpoint,
                    association: Some(of),
                    ..
                } if endpoint == self.endpoint() && of == association => {
                    is_received |= is_near(it.at);
                }
                _ => {}
            }
        }
        is_reported && is_received
    }

    /// How the last association with that path had ended before the expectation was
    /// waited for, in words. `None` if one still existed.
    pub(super) fn gone_before(&self) -> Option<String> {
        if self.seen.is_some() || self.association().is_some() {
            return None;
        }
        let (at, address) = (self.endpoint(), self.address());
        let mut with_path: Vec<&AssociationName> = Vec::new();
        let mut gone = None;
        for (_, it) in self.timeline.observations() {
            match &it.event {
                _ if it.at >= self.since => break,
                Event::AssociationBegun(end) | Event::AssociationUp(end)
                    if end.endpoint == at
                        && address.is_none_or(|it| end.remote.addresses.contains(&it)) =>
                {
                    with_path.push(&end.association);
                }
                Event::AssociationEnded {
                    endpoint,
                    association,
                    ..
                } if endpoint == at && with_path.contains(&association) => {
                    gone = Some(format!("the association of {at} ended at {}", it.at));
                }
                _ => {}
            }
        }
        gone
    }

    /// The endpoint's associations with that path that existed while the expectation was
    /// waited for.
    pub(super) fn candidates(&self) -> Vec<AssociationName> {
        let address = self.address();
        let mut found: Vec<AssociationName> = Vec::new();
        let mut over: Vec<&AssociationName> = Vec::new();
        for (_, it) in self.timeline.observations() {
            if it.at > self.until() {
                break;
            }
            match &it.event {
                Event::Path {
                    endpoint,
                    association,
                    sample,
                } if endpoint == self.endpoint()
                    && address.is_none_or(|address| address == sample.address)
                    && !found.contains(association) =>
                {
                    found.push(association.clone());
                }
                Event::AssociationBegun(end) | Event::AssociationUp(end)
                    if end.endpoint == self.endpoint()
                        && address.is_none_or(|it| end.remote.addresses.contains(&it))
                        && !found.contains(&end.association) =>
                {
                    found.push(end.association.clone());
                }
                Event::AssociationEnded {
                    endpoint,
                    association,
                    ..
                } if endpoint == self.endpoint() && it.at < self.since => over.push(association),
                _ => {}
            }
        }
        found.retain(|it| !over.contains(&it));
        found
    }
}
