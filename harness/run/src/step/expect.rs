//! The step `expect`: waits for an observation.

mod patience;

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

use recording::{AssociationName, Event, Observation, Outcome, ProgramEnd};
use scenario::{Expect, Expected, FieldWanted, Within};

use super::super::executor::Executor;

/// Waits for the expected observation, and longer than the scenario allows: "came too late"
/// tells the reader more than "did not come". The oracle decides whether the observation
/// came in time.
pub(super) async fn run(executor: &mut Executor<'_>, it: &Expect) -> Outcome {
    let (from, since) = executor.since(it.since.as_ref());
    let waited = executor.journal.now() - since;
    let patience = (allowed(executor, it) + Duration::from_secs(1)).saturating_sub(waited);
    if let Expected::Path(_) = it.what
        && let Some(why) = hidden(executor, it)
    {
        return Outcome::Failed { why };
    }
    let mut states = States::before(executor, from);
    let seen = executor.journal.wait_for(from, |index, observation| {
        let becomes = states.takes(&observation.event);
        let is_it = match &it.what {
            Expected::Path(_) => becomes && matches(it, observation),
            _ => matches(it, observation),
        };
        is_it && !executor.matched.contains(&index)
    });
    match tokio::time::timeout(patience, seen).await {
        Ok(observation) => {
            executor.matched.insert(observation);
            Outcome::Seen { observation }
        }
        Err(_) => match hidden(executor, it) {
            Some(why) if matches!(it.what, Expected::Path(_)) => Outcome::Failed { why },
            _ => Outcome::NotSeen,
        },
    }
}

/// Why the associations of a program cannot be seen, where the kernel hides them.
fn hidden(executor: &Executor<'_>, it: &Expect) -> Option<String> {
    executor.program(&it.at).ok()?.is_hidden()
}

/// The last seen state of each path, by endpoint, association and address.
#[derive(Default)]
struct States(BTreeMap<(String, AssociationName, IpAddr), String>);

impl States {
    /// The states before an index in the journal.
    fn before(executor: &Executor<'_>, from: usize) -> Self {
        let mut states = Self::default();
        let mut left = from;
        executor.journal.each(|it| {
            if left > 0 {
                states.takes(&it.event);
                left -= 1;
            }
        });
        states
    }

    /// Takes note of an event. Returns whether the event changes the state of a path.
    fn takes(&mut self, event: &Event) -> bool {
        let Event::Path {
            endpoint,
            association,
            sample,
        } = event
        else {
            return false;
        };
        let key = (endpoint.clone(), association.clone(), sample.address);
        let before = self.0.insert(key, sample.state.clone());
        before.is_some_and(|before| before != sample.state)
    }
}

fn matches(it: &Expect, observation: &Observation) -> bool {
    let at = it.at.as_str();
    match (&it.what, &observation.event) {
        (Expected::Notification(pattern), event) => {
            let wanted = pattern.wanted();
            let wanted = wanted.iter().map(FieldWanted::pair);
            event.is_notification(at, pattern.kind.constant(), wanted)
        }
        (
            Expected::Message { from },
            Event::Received {
                endpoint,
                message: Some(message),
                ..
            },
        ) => endpoint == at && message.sender == from.as_str(),
        (
            Expected::Path(path),
            Event::Path {
                endpoint, sample, ..
            },
        ) => {
            endpoint == at
                && sample.address == path.address
                && sample.state == path.state.constant()
        }
        (Expected::Output(wanted), Event::Output { endpoint, line, .. }) => {
            endpoint == at && wanted.is_in(line)
        }
        (Expected::Exited { status }, Event::ProgramEnded { endpoint, end }) => {
            let status = i32::from(*status);
            endpoint == at && *end == ProgramEnd::Exited { status }
        }
        (Expected::Signalled { signal }, Event::ProgramEnded { endpoint, end }) => {
            let signal = signal.constant();
            endpoint == at && *end == ProgramEnd::Signalled { signal }
        }
        _ => false,
    }
}

/// The time to wait at least: twice a fixed time, or the longest time of a bound, whatever
/// the state of the paths is now.
fn allowed(executor: &Executor<'_>, it: &Expect) -> Duration {
    match it.within {
        Within::Fixed(time) => time * 2,
        Within::Bound(kind) => patience::of(executor, it, kind),
    }
}
