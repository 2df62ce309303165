//! The step `delete-address`: an endpoint gives up one of its addresses.

use std::fmt;
use std::net::IpAddr;

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::EndpointName;
use crate::read::record;
use crate::value::{Address, ErrorName, Name, Reference};

/// Removes an address from an endpoint; ASCONF tells its peers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeleteAddress {
    /// The endpoint.
    pub at: EndpointName,
    /// The address.
    pub address: IpAddr,
}

impl fmt::Display for DeleteAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "delete-address {} {}", self.at, self.address)
    }
}

record! {
    /// Removes an address from an endpoint (`sctp_bindx`); its node keeps the address.
    /// ASCONF tells its peers (RFC 5061), as with `add-address`.
    struct DeleteAddressForm = "{at: server, address: 10.0.2.2}" {
        required {
            /// The endpoint.
            at: Reference,
            /// The address, which must not be the endpoint's last one.
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

impl StepForm for DeleteAddressForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn error(&self) -> Option<&Spanned<ErrorName>> {
        self.error.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let at = self.at.spanned().and_then(|at| scope.endpoint(at))?;
        let address = scope.address_of(&at, self.address.spanned()?)?;
        Some(Action::DeleteAddress(DeleteAddress { at, address }))
    }
}
