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
}
