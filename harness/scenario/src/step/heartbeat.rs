use super::StepForm;
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{Action, Heartbeat};
use crate::read::record;
use crate::value::{Address, ErrorName, Name, Reference};

record! {
    /// Sends one HEARTBEAT on a path immediately, out of turn (RFC 9260 section 8.3),
    /// without waiting for the answer.
    struct HeartbeatForm = "{at: client, to: server, address: 10.0.2.2}" {
        required {
            /// The endpoint that sends it.
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

impl StepForm for HeartbeatForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn error(&self) -> Option<&Spanned<ErrorName>> {
        self.error.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let (at, to, address) = scope.path(&self.at, &self.to, self.address.spanned()?)?;
        scope.story.heartbeats_asked.insert(at.clone());
        Some(Action::Heartbeat(Heartbeat { at, to, address }))
    }
}
