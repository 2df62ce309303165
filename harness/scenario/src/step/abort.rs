use super::StepForm;
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{Abort, Action};
use crate::read::{Short, record};
use crate::value::{ErrorName, Name, Reference};

record! {
    /// Aborts an endpoint's associations, by ABORT (RFC 9260 section 9.1). A one-to-one
    /// socket is closed with its association.
    struct AbortForm = "client" {
        required {
            /// The endpoint. Without other keys it stands alone: `abort: client`.
            endpoint: Reference,
        }
        optional {
            /// Only its associations with this endpoint; all if left out.
            to: Reference,
            /// The error that the call must return immediately, such as `EADDRNOTAVAIL`.
            /// The step has no effect then.
            error: ErrorName,
            /// A name for this step.
            r#as: Name,
        }
    }
}

impl Short for AbortForm {
    const KEY: &'static str = "endpoint";
}

impl StepForm for AbortForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn error(&self) -> Option<&Spanned<ErrorName>> {
        self.error.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let (endpoint, to) = scope.ends(self.endpoint.spanned()?, &self.to)?;
        scope.closes_one_to_one(&endpoint);
        Some(Action::Abort(Abort { endpoint, to }))
    }
}
