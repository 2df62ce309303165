use std::fmt;

use super::super::StepName;

/// Removes a rule.
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
