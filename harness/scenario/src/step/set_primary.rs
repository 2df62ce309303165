//! The step `set-primary`: an endpoint chooses its primary path.

use std::fmt;
use std::net::IpAddr;

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::EndpointName;
use crate::read::record;
use crate::value::{Address, ErrorName, Name, Reference};

/// Makes a path the endpoint's own primary path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetPrimary {
    /// The endpoint that sends there from now on.
    pub at: EndpointName,
    /// The endpoint at the other end of the association.
    pub to: EndpointName,
    /// The peer's address that the path leads to.
    pub address: IpAddr,
}

impl fmt::Display for SetPrimary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "set-primary {} → {}", self.at, self.address)
    }
}

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
