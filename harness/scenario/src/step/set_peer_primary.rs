//! The step `set-peer-primary`: an endpoint asks its peer to send to an address.

use std::fmt;
use std::net::IpAddr;

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::EndpointName;
use crate::read::record;
use crate::value::{Address, ErrorName, Name, Reference};

/// Asks the peer to make an address of the endpoint its primary path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetPeerPrimary {
    /// The endpoint that asks.
    pub at: EndpointName,
    /// The endpoint that is asked.
    pub to: EndpointName,
    /// The address of `at` to which `to` is to send.
    pub address: IpAddr,
}

impl fmt::Display for SetPeerPrimary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "set-peer-primary {} → {}", self.to, self.address)
    }
}

record! {
    /// Asks the peer, by ASCONF, to make an address of `at` its primary path (RFC 5061
    /// section 4.2.4). Both nodes need `net.sctp.addip_enable` and
    /// `net.sctp.auth_enable`.
    struct SetPeerPrimaryForm = "{at: server, to: client, address: 10.0.2.2}" {
        required {
            /// The endpoint that asks.
            at: Reference,
            /// The endpoint that is asked, at the other end of their association.
            to: Reference,
            /// The address of `at` to which `to` is to send.
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

impl StepForm for SetPeerPrimaryForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn error(&self) -> Option<&Spanned<ErrorName>> {
        self.error.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let (at, to) = scope.association(&self.at, &self.to)?;
        let address = scope.address_of(&at, self.address.spanned()?)?;
        Some(Action::SetPeerPrimary(SetPeerPrimary { at, to, address }))
    }
}
