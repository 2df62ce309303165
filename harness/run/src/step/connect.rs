use scenario::Connect;

use super::super::executor::Executor;
use super::StepError;

/// Starts the set-up and returns at once: INIT is on its way.
pub(super) async fn run(executor: &mut Executor<'_>, it: &Connect) -> Result<(), StepError> {
    if let Some(stack) = executor.stack(&it.from) {
        return stack.connect(it).await;
    }
    let endpoint = executor.endpoint(&it.from)?;
    endpoint.connect(&it.to, &it.addresses)
}
