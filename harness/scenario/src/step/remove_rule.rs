//! The step `remove-rule`: a rule of the fabric ends.

use std::fmt;

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::StepName;
use crate::read::single;
use crate::value::{Name, Reference};

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

single! {
    /// Removes a `rule` by its name.
    struct RemoveRuleForm(Reference) = "no-acks";
}

impl StepForm for RemoveRuleForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        None
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let rule = scope.earlier_step("a rule", Some("rule"), &self.0)?;
        if let Some(by) = scope.story.undone.get(&rule) {
            scope
                .problems
                .add(
                    self.0.span,
                    format!("`{rule}` was removed before"),
                    "a second time",
                )
                .help(format!("the step `{by}` did; remove one of the two"));
            return None;
        }
        let by = scope.own_name.clone();
        scope.story.undone.insert(rule.clone(), by);
        scope.story.rules.remove(&rule);
        Some(Action::RemoveRule(RemoveRule { rule }))
    }
}
