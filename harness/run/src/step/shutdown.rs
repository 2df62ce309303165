//! The step `shutdown`.

use scenario::Shutdown;

use super::super::executor::Executor;
use super::StepError;

pub(super) fn run(executor: &mut Executor<'_>, it: &Shutdown) -> Result<(), StepError> {
    executor.endpoint(&it.endpoint)?.shut_down(it.to.as_ref())
}
