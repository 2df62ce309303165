//! The step `heartbeat`.

use scenario::Heartbeat;

use super::super::executor::Executor;
use super::StepError;

pub(super) fn run(executor: &mut Executor<'_>, it: &Heartbeat) -> Result<(), StepError> {
    executor.endpoint(&it.at)?.heartbeat(&it.to, it.address)
}
