use super::StepForm;
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{Action, Wait};
use crate::read::single;
use crate::value::{Name, Time};

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
