use std::fmt;

use rules::Rule;

use super::StepName;

/// Adds a rule to the fabric, after the existing rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddRule {
    /// Name of the step, which is also that of the rule.
    pub name: StepName,
    /// The rule.
    pub rule: Rule,
}

impl fmt::Display for AddRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.rule.fmt(f)
    }
}
