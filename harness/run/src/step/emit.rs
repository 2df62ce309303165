//! The step `emit` of a scripted peer.

use scenario::Emit;

use super::super::executor::Executor;
use super::StepError;

/// Sends a packet, and waits until it is on its way: packets of the next step come behind
/// it.
pub(super) fn run(executor: &Executor<'_>, it: &Emit) -> Result<(), StepError> {
    executor.peer(&it.peer)?.emit(it)?;
    executor.network.settle();
    Ok(())
}
