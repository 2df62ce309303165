//! The step `abort`.

use scenario::Abort;

use super::super::endpoint::Ending;
use super::super::executor::Executor;
use super::StepError;

pub(super) async fn run(executor: &mut Executor<'_>, it: &Abort) -> Result<(), StepError> {
    if let Some(stack) = executor.stack(&it.endpoint) {
        return stack.abort(it.to.as_ref()).await;
    }
    let endpoint = executor.endpoint(&it.endpoint)?;
    endpoint.end(it.to.as_ref(), Ending::Abrupt).await
}
