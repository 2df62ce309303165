use scenario::Abort;

use super::super::executor::Executor;
use super::StepError;

pub(super) async fn run(executor: &mut Executor<'_>, it: &Abort) -> Result<(), StepError> {
    executor.endpoint(&it.endpoint)?.abort().await
}
