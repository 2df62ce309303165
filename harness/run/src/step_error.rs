//! Errors of steps.

use std::io;

/// Why a step could not be done.
#[derive(Debug)]
pub(crate) struct StepError {
    /// The reason, in words for the user.
    why: String,
    /// The name of the error (`ECONNREFUSED`), where a call gave one.
    name: Option<String>,
}

impl StepError {
    pub(crate) fn new(why: impl Into<String>) -> Self {
        Self {
            why: why.into(),
            name: None,
        }
    }

    /// Whether a call gave the error of this name.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name.as_deref() == Some(name)
    }

    /// The reason, in words for the user.
    pub(crate) fn into_why(self) -> String {
        self.why
    }

    /// The same error, named as that of `what`, a part of the step.
    pub(crate) fn within(mut self, what: &str) -> Self {
        self.why = format!("{what}: {}", self.why);
        self
    }

    /// The error that a call gave.
    pub(crate) fn of_call(call: &str, error: &io::Error) -> Self {
        let name = error_name(error);
        Self {
            why: format!("{call}: {name}: {error}"),
            name: Some(name),
        }
    }
}

impl<E: std::error::Error> From<E> for StepError {
    fn from(error: E) -> Self {
        Self::new(error.to_string())
    }
}

/// The name of an error as in the manual (`ECONNREFUSED`); its text where it has no number.
pub(crate) fn error_name(error: &io::Error) -> String {
    match error.raw_os_error() {
        Some(number) => format!("{:?}", nix::errno::Errno::from_raw(number)),
        None => error.to_string(),
    }
}
