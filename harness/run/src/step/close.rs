use scenario::Close;

use super::super::executor::Executor;
use super::StepError;

pub(super) async fn run(executor: &mut Executor<'_>, it: &Close) -> Result<(), StepError> {
    executor.endpoint(&it.endpoint)?.shut_down().await
}
