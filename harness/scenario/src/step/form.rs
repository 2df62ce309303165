//! The form of a step.

use super::Action;
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::read::Shortly;
use crate::value::{ErrorName, Listed, Name};

/// The form of a step.
pub(crate) trait StepForm {
    /// The name in the form, if there is one.
    fn given_name(&self) -> Option<&Spanned<Name>>;

    /// The error that the step's call must return, if any. Kinds that keep the error in
    /// their action return `None`.
    fn error(&self) -> Option<&Spanned<ErrorName>> {
        None
    }

    /// Checks the step, adds its effects to the story, and returns its action; `None` if
    /// it has a mistake, which is noted.
    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action>;
}

impl<F: StepForm> StepForm for Shortly<F> {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.0.given_name()
    }

    fn error(&self) -> Option<&Spanned<ErrorName>> {
        self.0.error()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        self.0.check(scope)
    }
}

impl<F: StepForm> StepForm for Listed<F> {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.0.given_name()
    }

    fn error(&self) -> Option<&Spanned<ErrorName>> {
        self.0.error()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        self.0.check(scope)
    }
}
