use super::StepForm;
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{Action, Kill};
use crate::read::single;
use crate::value::{Name, Reference};

single! {
    /// Takes an endpoint away without a goodbye, as a host does that loses its
    /// power: nothing that its kernel says about it reaches its peers, who have to
    /// find out by themselves. `open` brings it back.
    struct KillForm(Reference) = "server";
}

impl StepForm for KillForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        None
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let endpoint = scope.endpoint(&self.0)?;
        scope.not_closed(&endpoint, self.0.span)?;
        scope.story.kill(&endpoint, &scope.own_name);
        Some(Action::Kill(Kill { endpoint }))
    }
}
