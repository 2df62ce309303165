//! The step `close`.

use scenario::{Close, Closing};

use super::super::endpoint::Ending;
use super::super::executor::Executor;
use super::StepError;

pub(super) async fn run(executor: &mut Executor<'_>, it: &Close) -> Result<(), StepError> {
    if let Some(stack) = executor.stack(&it.endpoint) {
        return stack.close(it).await;
    }
    let endpoint = executor.endpoint(&it.endpoint)?;
    match it.what {
        Closing::Associations => endpoint.end(it.to.as_ref(), Ending::Graceful).await,
        Closing::Socket { linger } => endpoint.close(it.to.as_ref(), linger).await,
    }
}
