use super::StepForm;
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{Abort, Action};
use crate::read::single;
use crate::value::{Name, Reference};

single! {
    /// Ends an endpoint's associations at once, by ABORT (RFC 9260 section 9.1).
    struct AbortForm(Reference) = "client";
}

impl StepForm for AbortForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        None
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let endpoint = scope.ends(&self.0)?;
        Some(Action::Abort(Abort { endpoint }))
    }
}
