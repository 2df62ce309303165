//! The step `wait`: protocol time passes.

use std::fmt;
use std::time::Duration;

use rules::spoken;

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::read::single;
use crate::value::{Name, Time};

/// Lets protocol time pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wait {
    /// Length of the wait.
    pub duration: Duration,
}

impl fmt::Display for Wait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "wait {}", spoken(self.duration))
    }
}

single! {
    /// Lets protocol time pass.
    struct WaitForm(Time) = "10s";
}

impl StepForm for WaitForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        None
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let duration = self.0.value.0;
        scope.story.waited = scope.story.waited.saturating_add(duration);
        Some(Action::Wait(Wait { duration }))
    }
}
