use std::fmt;

use super::{Action, StepName};

/// One thing that a scenario does, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Given by `as:`; else the step's kind, with a number where the kind
    /// occurs more than once (`cut`, `expect-2`).
    pub name: StepName,
    /// The line in the scenario file, from 1.
    pub line: usize,
    /// What is to be said before it, for who learns from it; may be empty.
    pub say: String,
    /// What it does.
    pub action: Action,
    /// The error that its call must give, by its name, for those kinds that do not
    /// keep it in their action.
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
