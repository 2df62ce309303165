//! The step `set-path`.

use scenario::SetPath;

use super::super::executor::Executor;
use super::StepError;

pub(super) fn run(executor: &mut Executor<'_>, it: &SetPath) -> Result<(), StepError> {
    executor.endpoint(&it.at)?.set_path(it)
}
