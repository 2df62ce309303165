//! The step `silence` of a scripted peer.

use scenario::Silence;

use super::super::executor::Executor;
use super::StepError;

pub(super) async fn run(executor: &Executor<'_>, it: &Silence) -> Result<(), StepError> {
    executor.peer(&it.peer)?.hears_nothing(it).await
}
