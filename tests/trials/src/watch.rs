//! Records the result and the duration of each trial.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use libtest_mimic::{Arguments, Completion, Failed, Trial};
use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus};

static SEEN: Mutex<Vec<TestCase>> = Mutex::new(Vec::new());

/// A trial.
pub fn test(
    name: impl Into<String>,
    body: impl FnOnce() -> Result<(), Failed> + Send + 'static,
) -> Trial {
    test_or_skip(name, || body().map(|()| Completion::Completed))
}

/// A trial that may find, when it runs, that it has to be ignored.
pub fn test_or_skip(
    name: impl Into<String>,
    body: impl FnOnce() -> Result<Completion, Failed> + Send + 'static,
) -> Trial {
    let name = name.into();
    let watched = name.clone();
    Trial::ignorable_test(name, move || {
        let began = Instant::now();
        let result = catch_unwind(AssertUnwindSafe(body));
        let mut case = TestCase::new(watched, status(&result));
        case.set_time(began.elapsed());
        locked().push(case);
        result.unwrap_or_else(|panic| resume_unwind(panic))
    })
}

/// The trials that have run, by name.
pub(crate) fn seen() -> Vec<TestCase> {
    let mut seen = std::mem::take(&mut *locked());
    seen.sort_by(|one, other| one.name.cmp(&other.name));
    seen
}

/// The trials that were asked for and will not run, because what they need is not there.
pub(crate) fn never_run(arguments: &Arguments, trials: &[Trial]) -> Vec<TestCase> {
    if arguments.ignored || arguments.include_ignored {
        return Vec::new();
    }
    let ignored = trials.iter().filter(|trial| trial.has_ignored_flag());
    let asked = ignored.filter(|trial| is_asked_for(arguments, trial.name()));
    asked
        .map(|trial| {
            let mut status = TestCaseStatus::skipped();
            if !trial.kind().is_empty() {
                status.set_message(trial.kind());
            }
            TestCase::new(trial.name(), status)
        })
        .collect()
}

/// Whether the filters of the command line leave this trial in.
#[must_use]
pub fn is_asked_for(arguments: &Arguments, name: &str) -> bool {
    let is_named = |pattern: &String| match arguments.exact {
        true => name == pattern,
        false => name.contains(pattern.as_str()),
    };
    arguments.filter.as_ref().is_none_or(is_named) && !arguments.skip.iter().any(is_named)
}

fn status(result: &Result<Result<Completion, Failed>, Box<dyn Any + Send>>) -> TestCaseStatus {
    match result {
        Ok(Ok(Completion::Completed)) => TestCaseStatus::success(),
        Ok(Ok(Completion::Ignored { reason })) => {
            let mut status = TestCaseStatus::skipped();
            if let Some(reason) = reason {
                status.set_message(reason.as_str());
            }
            status
        }
        Ok(Err(failed)) => failure(failed.message().unwrap_or("it failed")),
        Err(panic) => failure(words(panic.as_ref())),
    }
}

/// A failure, with the first line of these words as its message.
fn failure(words: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_message(words.lines().next().unwrap_or_default());
    status.set_description(words);
    status
}

fn words(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("it panicked")
}

fn locked() -> std::sync::MutexGuard<'static, Vec<TestCase>> {
    SEEN.lock().unwrap_or_else(PoisonError::into_inner)
}
