use scenario::Open;

use super::super::executor::Executor;
use super::StepError;

pub(super) fn run(executor: &mut Executor<'_>, it: &Open) -> Result<(), StepError> {
    let endpoint = executor.endpoint(&it.endpoint)?;
    Ok(endpoint.open(&executor.network)?)
}
