//! The steps that start programs and send them signals.

use scenario::{SendSignal, Start};

use super::super::executor::Executor;
use super::StepError;

pub(super) async fn start(executor: &mut Executor<'_>, it: &Start) -> Result<(), StepError> {
    let program = executor.program(&it.endpoint)?;
    program.start(&executor.network).await
}

pub(super) fn signal(executor: &mut Executor<'_>, it: &SendSignal) -> Result<(), StepError> {
    executor.program(&it.endpoint)?.signal(it.signal)
}
