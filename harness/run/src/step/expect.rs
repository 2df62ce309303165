mod patience;

use std::collections::BTreeSet;
use std::time::Duration;

use recording::{Event, Observation, Outcome, ProgramEnd};
use scenario::{Expect, Expected, FieldWanted, Within};

use super::super::executor::Executor;

/// Waits until it is seen, and beyond the time allowed: that it came too late
/// says more than that it did not come. Whether it came in time is for the
/// oracle to say.
pub(super) async fn run(executor: &mut Executor<'_>, it: &Expect) -> Outcome {
    let (from, since) = executor.since(it.since.as_ref());
    let waited = executor.journal.now() - since;
    let patience = (allowed(executor, it) + Duration::from_secs(1)).saturating_sub(waited);
    let seen = executor.journal.wait_for(from, |index, observation| {
        matches(it, observation) && !executor.matched.contains(&index)
    });
    match tokio::time::timeout(patience, seen).await {
        Ok(observation) => {
            executor.matched.insert(observation);
            Outcome::Seen { observation }
        }
        Err(_) => Outcome::NotSeen,
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

/// The longest that the scenario allows, whatever the paths are like now.
fn allowed(executor: &Executor<'_>, it: &Expect) -> Duration {
    match it.within {
        Within::Fixed(time) => time * 2,
        Within::Bound(kind) => patience::of(executor, it, kind),
    }
}

/// The observations that an expectation has been satisfied by.
pub(crate) type Matched = BTreeSet<usize>;
