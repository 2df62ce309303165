//! The step `stop`: a `traffic` ends.

use std::fmt;

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::StepName;
use crate::read::single;
use crate::value::{Name, Reference};

/// Ends a [`Traffic`](super::Traffic).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The name of the traffic.
    pub traffic: StepName,
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "stop {}", self.traffic)
    }
}

single! {
    /// Ends a `traffic` by its name.
    struct StopForm(Reference) = "ticker";
}

impl StepForm for StopForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        None
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let traffic = scope.earlier_step("traffic", Some("traffic"), &self.0)?;
        if let Some(by) = scope.story.undone.get(&traffic) {
            scope
                .problems
                .add(
                    self.0.span,
                    format!("`{traffic}` was stopped before"),
                    "a second time",
                )
                .help(format!("the step `{by}` did; remove one of the two"));
            return None;
        }
        scope.story.traffic.remove(&traffic);
        let by = scope.own_name.clone();
        scope.story.undone.insert(traffic.clone(), by);
        Some(Action::Stop(Stop { traffic }))
    }
}
