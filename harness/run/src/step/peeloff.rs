//! The step `peeloff`.

use scenario::PeelOff;

use super::super::executor::Executor;
use super::StepError;

pub(super) fn run(executor: &mut Executor<'_>, it: &PeelOff) -> Result<(), StepError> {
    executor
        .endpoint(&it.at)?
        .peel_off(&it.from, &executor.network)
}
