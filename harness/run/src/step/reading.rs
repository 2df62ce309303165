//! The steps `pause-reading` and `resume-reading`.

use scenario::{PauseReading, ResumeReading};

use super::super::executor::Executor;
use super::StepError;

pub(super) fn pause(executor: &mut Executor<'_>, it: &PauseReading) -> Result<(), StepError> {
    executor.endpoint(&it.endpoint)?.read(false);
    Ok(())
}

pub(super) fn resume(executor: &mut Executor<'_>, it: &ResumeReading) -> Result<(), StepError> {
    executor.endpoint(&it.endpoint)?.read(true);
    Ok(())
}
