//! The step `heartbeat`: an endpoint sends a HEARTBEAT out of turn.

use std::fmt;
use std::net::IpAddr;

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::EndpointName;
use crate::read::record;
use crate::value::{Address, ErrorName, Name, Reference};

/// Sends one HEARTBEAT on a path immediately.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heartbeat {
    /// The endpoint that sends it.
    pub at: EndpointName,
    /// The endpoint at the other end of the association.
    pub to: EndpointName,
    /// The peer's address that the path leads to.
    pub address: IpAddr,
}

impl fmt::Display for Heartbeat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "heartbeat {} → {}", self.at, self.address)
    }
}

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
