//! The step `call`.

use scenario::Call;

use super::super::executor::Executor;
use super::StepError;
use super::refusal::as_wanted;

pub(super) fn run(executor: &mut Executor<'_>, it: &Call) -> Result<(), StepError> {
    let called = executor.endpoint(&it.at)?.ask(it.function, it.to.as_ref());
    as_wanted(it.function.name(), called, it.error.as_deref())
}
