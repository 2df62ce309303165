//! The step `set`.

use scenario::Set;

use super::super::executor::Executor;
use super::StepError;

pub(super) fn run(executor: &mut Executor<'_>, it: &Set) -> Result<(), StepError> {
    let endpoint = executor.endpoint(&it.at)?;
    endpoint.set(&it.to, &it.options, it.error.as_deref())
}
