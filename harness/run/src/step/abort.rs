use scenario::Abort;

use super::super::endpoint::Ending;
use super::super::executor::Executor;
use super::StepError;

pub(super) async fn run(executor: &mut Executor<'_>, it: &Abort) -> Result<(), StepError> {
    let endpoint = executor.endpoint(&it.endpoint)?;
    endpoint.end(it.to.as_ref(), Ending::Abrupt).await
}
