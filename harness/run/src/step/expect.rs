//! The step `expect`: waits for an observation.

mod patience;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::IpAddr;
use std::pin::pin;
use std::time::Duration;

use recording::{AssociationName, Event, Observation, Outcome, ProgramEnd, Time};
use scenario::{Action, AssociationTurn, Expect, Expected, FieldWanted, Within};

use super::super::executor::Executor;

/// Waits for the expected observation, and longer than the scenario allows: "came too late"
/// tells the reader more than "did not come". The oracle decides whether the observation
/// came in time.
pub(super) async fn run(executor: &mut Executor<'_>, it: &Expect) -> Outcome {
    let (from, since) = executor.since(it.since.as_ref());
    if let Expected::Path(_) | Expected::Association(_) = it.what
        && let Some(why) = hidden(executor, it)
    {
        return Outcome::Failed { why };
    }
    match wait(executor, it, from, since).await {
        Some(observation) => {
            executor.matched.insert(observation);
            Outcome::Seen { observation }
        }
        None => match (hidden(executor, it), &it.what) {
            (Some(why), Expected::Path(_) | Expected::Association(_)) => Outcome::Failed { why },
            _ => Outcome::NotSeen,
        },
    }
}

/// Waits for the observation, from that index in the journal on. `None` if it does not come.
async fn wait(executor: &Executor<'_>, it: &Expect, from: usize, since: Time) -> Option<usize> {
    let mut states = States::before(executor, from);
    let mut seen = pin!(executor.journal.wait_for(from, |index, observation| {
        let becomes = states.takes(&observation.event);
        let is_it = match &it.what {
            Expected::Path(_) => becomes && matches(it, observation),
            _ => matches(it, observation),
        };
        is_it && !executor.matched.contains(&index)
    }));
    let mut left = left(executor, it, since);
    loop {
        let seen = tokio::select! {
            seen = tokio::time::timeout(left, &mut seen) => seen,
            never = look_again(executor, it) => match never {},
        };
        // The timers of a program are known only when it has an association.
        let awaits_association = matches!(it.what, Expected::Association(_));
        left = self::left(executor, it, since);
        if seen.is_ok() || !awaits_association || left.is_zero() {
            return seen.ok();
        }
    }
}

/// The time to wait from now on.
fn left(executor: &Executor<'_>, it: &Expect, since: Time) -> Duration {
    let waited = executor.journal.now() - since;
    (allowed(executor, it) + Duration::from_secs(1)).saturating_sub(waited)
}

/// Looks at the associations of a program again and again while the step waits for a change
/// of one of them. Not every change comes with a frame: T1 that runs out for the last time
/// sends none, and an interface that is down shows none.
async fn look_again(executor: &Executor<'_>, it: &Expect) -> Infallible {
    let program = executor.program(&it.at).ok();
    let program = program
        .filter(|_| matches!(it.what, Expected::Association(_)) || may_change_unseen(executor, it));
    let Some(program) = program else {
        return std::future::pending().await;
    };
    loop {
        tokio::time::sleep(LOOK_AGAIN).await;
        program.look_again();
    }
}

/// The pause between two looks: less than the 50 ms that the oracle allows for seeing an
/// event.
const LOOK_AGAIN: Duration = Duration::from_millis(25);

/// Whether a path of the program may change without a frame: an interface of its node is, or
/// was, down.
fn may_change_unseen(executor: &Executor<'_>, it: &Expect) -> bool {
    let mut steps = executor.scenario.steps.iter();
    let is_of_path = matches!(it.what, Expected::Path(_));
    is_of_path && steps.any(|step| matches!(step.action, Action::LinkDown(_)))
}

/// Why the associations of a program cannot be seen, where the kernel hides them.
fn hidden(executor: &Executor<'_>, it: &Expect) -> Option<String> {
    executor.program(&it.at).ok()?.why_hidden()
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
        (Expected::Association(AssociationTurn::Up), Event::AssociationUp(end)) => {
            end.endpoint == at
        }
        (
            Expected::Association(AssociationTurn::Ended),
            Event::AssociationEnded { endpoint, .. },
        ) => endpoint == at,
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
