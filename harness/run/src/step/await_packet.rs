//! The step `await` of a scripted peer.

use scenario::Await;

use super::super::executor::Executor;
use super::StepError;

pub(super) async fn run(executor: &Executor<'_>, it: &Await) -> Result<(), StepError> {
    executor.peer(&it.peer)?.hears(it).await
}
