use scenario::Emit;

use super::super::executor::Executor;
use super::StepError;

pub(super) fn run(executor: &Executor<'_>, it: &Emit) -> Result<(), StepError> {
    executor.peer(&it.peer)?.emit(it)
}
