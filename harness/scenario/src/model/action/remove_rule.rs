use std::fmt;

use super::super::StepName;

/// Takes a rule out again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoveRule {
    /// The name of the rule.
    pub rule: StepName,
}

impl fmt::Display for RemoveRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "remove-rule {}", self.rule)
    }
}
