use super::StepForm;
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{Action, SetPrimary};
use crate::read::record;
use crate::value::{Address, ErrorName, Name, Reference};

record! {
    /// Makes a path the primary one: `at` sends there from now on, as long as the path is
    /// active (RFC 9260 section 6.4). The peer is not told.
    struct SetPrimaryForm = "{at: client, to: server, address: 10.0.2.2}" {
        required {
            /// The endpoint whose primary path it is.
            at: Reference,
            /// The endpoint at the other end of their association.
            to: Reference,
            /// The address of `to` that the path leads to.
            address: Address,
        }
        optional {
            /// The error that the call must return immediately, such as `EADDRNOTAVAIL`.
            /// The step has no effect then.
            error: ErrorName,
            /// A name for this step.
            r#as: Name,
        }
    }
}

impl StepForm for SetPrimaryForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn error(&self) -> Option<&Spanned<ErrorName>> {
        self.error.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let (at, to, address) = scope.path(&self.at, &self.to, self.address.spanned()?)?;
        Some(Action::SetPrimary(SetPrimary { at, to, address }))
    }
}
