//! The step `set-up`: brings an endpoint into a state by a scripted peer.

use std::time::Duration;

use recording::Event;
use scenario::{Action, PeerState, SetUp, Step};

use super::super::executor::Executor;
use super::{StepError, await_packet, close, connect, emit};

/// Does the actions that lead to the state, one after the other.
pub(super) async fn run(
    executor: &mut Executor<'_>,
    step: &Step,
    it: &SetUp,
) -> Result<(), StepError> {
    for action in &it.actions {
        let done = match action {
            Action::Emit(it) => emit::run(executor, it),
            Action::Await(it) => await_packet::run(executor, it).await,
            Action::Connect(it) => connect::run(executor, it).await,
            Action::Close(close) => {
                is_up(executor, step, it).await?;
                close::run(executor, close).await
            }
            _ => Ok(()),
        };
        done.map_err(|error| error.within(&action.to_string()))?;
    }
    match it.state {
        PeerState::Established => is_up(executor, step, it).await,
        PeerState::CookieWait
        | PeerState::CookieEchoed
        | PeerState::ShutdownSent
        | PeerState::ShutdownAckSent => Ok(()),
    }
}

/// How long the endpoint may take to report an association that the peer has set up.
const PATIENCE: Duration = Duration::from_secs(1);

/// Waits until the endpoint reports that the association is up.
async fn is_up(executor: &Executor<'_>, step: &Step, it: &SetUp) -> Result<(), StepError> {
    // A stack on another host reports nothing: its COOKIE ACK, already awaited, has to do.
    if executor.is_elsewhere(&it.endpoint) {
        return Ok(());
    }
    let (from, _) = executor.since(Some(&step.name));
    let is_up = |_, observation: &recording::Observation| {
        matches!(
            &observation.event,
            Event::AssociationUp(end)
                if end.endpoint == it.endpoint.as_str()
                    && end.peer.as_deref() == Some(it.peer.as_str())
        )
    };
    let heard = executor.journal.wait_for(from, is_up);
    match tokio::time::timeout(PATIENCE, heard).await {
        Ok(_) => Ok(()),
        Err(_) => Err(StepError::new(format!(
            "{} was not told that the association is up",
            it.endpoint
        ))),
    }
}
