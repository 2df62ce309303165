//! The step `connect`.

use scenario::Connect;

use super::super::executor::Executor;
use super::StepError;

/// Begins the association, and returns without waiting for the handshake.
pub(super) async fn run(executor: &mut Executor<'_>, it: &Connect) -> Result<(), StepError> {
    if let Some(stack) = executor.stack(&it.from) {
        return stack.connect(it).await;
    }
    let endpoint = executor.endpoint(&it.from)?;
    endpoint.connect(&it.to, &it.addresses)
}
