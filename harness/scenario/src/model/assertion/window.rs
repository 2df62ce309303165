use std::fmt;

use super::super::StepName;

/// A part of the run between two steps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// From the end of this step; `None` is from the start of the run.
    pub after: Option<StepName>,
    /// To the start of this step, or to the moment at which this expectation
    /// is satisfied; `None` is to the end of the run.
    pub before: Option<StepName>,
}

impl Window {
    /// Whether it begins or ends at this step.
    #[must_use]
    pub fn names(&self, step: &StepName) -> bool {
        self.after.as_ref() == Some(step) || self.before.as_ref() == Some(step)
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(after) = &self.after {
            write!(f, " after {after}")?;
        }
        if let Some(before) = &self.before {
            write!(f, " before {before}")?;
        }
        Ok(())
    }
}
