//! The step `answer` of a scripted peer.

use scenario::Answer;

use super::super::executor::Executor;
use super::StepError;

pub(super) fn run(executor: &Executor<'_>, it: &Answer) -> Result<(), StepError> {
    executor.peer(&it.peer)?.answers(it);
    Ok(())
}
