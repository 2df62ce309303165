use scenario::Emit;

use super::super::executor::Executor;
use super::StepError;

/// What the next step does comes behind the packet: it is on its way when this
/// returns.
pub(super) fn run(executor: &Executor<'_>, it: &Emit) -> Result<(), StepError> {
    executor.peer(&it.peer)?.emit(it)?;
    executor.network.settle();
    Ok(())
}
