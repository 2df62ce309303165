use std::fmt;

use super::{Action, StepName};

/// One thing that a scenario does, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Name given by `as:`; else the step's kind, with a number if the kind occurs more
    /// than once (`cut`, `expect-2`).
    pub name: StepName,
    /// The line in the scenario file, from 1.
    pub line: usize,
    /// Words for learners before the step; may be empty.
    pub say: String,
    /// What it does.
    pub action: Action,
    /// Name of the error that the step's call must return, for kinds whose action does
    /// not contain it.
    pub error: Option<String>,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.action.fmt(f)?;
        match &self.error {
            Some(error) => write!(f, ", refused with {error}"),
            None => Ok(()),
        }
    }
}
