use super::StepForm;
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{Abort, Action};
use crate::read::{Short, record};
use crate::value::{ErrorName, Name, Reference};

record! {
    /// Ends an endpoint's associations at once, by ABORT (RFC 9260 section 9.1). A
    /// one-to-one socket is closed with its association.
    struct AbortForm = "client" {
        required {
            /// The endpoint. Where there is nothing else to say it stands alone:
            /// `abort: client`.
            endpoint: Reference,
        }
        optional {
            /// Only its associations with this endpoint; all if left out.
            to: Reference,
            /// The error that the call must give at once, such as `EADDRNOTAVAIL`; the
            /// step then does nothing.
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
