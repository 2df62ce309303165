use super::StepForm;
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{Action, Close};
use crate::read::single;
use crate::value::{Name, Reference};

single! {
    /// Ends an endpoint's associations gracefully, by SHUTDOWN (RFC 9260
    /// section 9.2).
    struct CloseForm(Reference) = "client";
}

impl StepForm for CloseForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        None
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let endpoint = scope.ends(&self.0)?;
        let sending = scope
            .story
            .traffic
            .iter()
            .find(|(_, from)| **from == endpoint);
        if let Some((traffic, _)) = sending {
            scope
                .problems
                .add(
                    self.0.span,
                    format!("`{endpoint}` is still sending"),
                    "closed in mid-stream",
                )
                .help(format!("put `stop: {traffic}` before this step"));
        }
        Some(Action::Close(Close { endpoint }))
    }
}
