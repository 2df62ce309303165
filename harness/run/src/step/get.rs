//! The step `get`.

use scenario::Get;

use super::super::executor::Executor;
use super::StepError;

pub(super) fn run(executor: &mut Executor<'_>, it: &Get) -> Result<(), StepError> {
    let endpoint = executor.endpoint(&it.at)?;
    endpoint.get(&it.to, &it.options, it.error.as_deref())
}
