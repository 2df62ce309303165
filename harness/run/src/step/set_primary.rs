//! The step `set-primary`.

use scenario::SetPrimary;

use super::super::executor::Executor;
use super::StepError;

pub(super) fn run(executor: &mut Executor<'_>, it: &SetPrimary) -> Result<(), StepError> {
    executor.endpoint(&it.at)?.set_primary(&it.to, it.address)
}
