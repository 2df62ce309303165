//! The cause that an association ended although no step of the scenario ended it.

use recording::{Event, Outcome, Time};

use crate::case::Case;

/// An association that ended before `until` without a step of the scenario that ends it,
/// so that one of the `endpoints` had no association left. An empty `endpoints` means
/// all.
pub(super) fn of(case: Case<'_>, endpoints: &[&str], until: Time) -> Option<String> {
    let all = case.scenario.endpoints.iter();
    let mut all = all.map(|endpoint| endpoint.name.as_str());
    all.find_map(|name| {
        let is_meant = endpoints.is_empty() || endpoints.contains(&name);
        is_meant.then(|| at(case, name, until)).flatten()
    })
}

fn at(case: Case<'_>, at: &str, until: Time) -> Option<String> {
    let mut alive = 0_i64;
    let mut ended = None;
    for (index, it) in case.timeline.observations() {
        let Event::Notification {
            endpoint,
            name,
            fields,
            ..
        } = &it.event
        else {
            continue;
        };
        if endpoint != at || name != "SCTP_ASSOC_CHANGE" || it.at > until {
            continue;
        }
        match fields.state() {
            Some("SCTP_COMM_UP") => {
                alive += 1;
                ended = None;
            }
            Some("SCTP_SHUTDOWN_COMP") => alive -= 1,
            Some(state @ ("SCTP_COMM_LOST" | "SCTP_CANT_STR_ASSOC")) => {
                alive -= i64::from(state == "SCTP_COMM_LOST");
                if alive <= 0 && !is_wanted(case, index) {
                    ended = Some(format!(
                        "the association of {at} ended at {}: {state}",
                        it.at
                    ));
                }
            }
            _ => {}
        }
    }
    ended
}

/// Whether an expectation waited for exactly this event.
fn is_wanted(case: Case<'_>, index: usize) -> bool {
    case.timeline.observations().any(|(_, it)| {
        matches!(
            &it.event,
            Event::StepEnded { outcome: Outcome::Seen { observation }, .. }
                if *observation == index
        )
    })
}
