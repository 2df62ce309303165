//! The step `probe` of a scripted peer.

use scenario::{Action, Probe};

use super::super::executor::Executor;
use super::{StepError, await_packet, emit};

pub(super) async fn run(executor: &Executor<'_>, it: &Probe) -> Result<(), StepError> {
    for action in &it.actions {
        match action {
            Action::Emit(it) => emit::run(executor, it)?,
            Action::Await(it) => await_packet::run(executor, it).await?,
            _ => {}
        }
    }
    Ok(())
}
