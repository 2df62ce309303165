//! The step `add-address`: an endpoint is bound to a further address.

use std::fmt;
use std::net::IpAddr;

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::EndpointName;
use crate::read::record;
use crate::value::{Address, ErrorName, Name, Reference};

/// Binds an endpoint to a further address; ASCONF tells its peers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddAddress {
    /// The endpoint.
    pub at: EndpointName,
    /// The address, which belongs to one of its node's interfaces.
    pub address: IpAddr,
}

impl fmt::Display for AddAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "add-address {} {}", self.at, self.address)
    }
}

record! {
    /// Binds an endpoint to a further address of its node (`sctp_bindx`). ASCONF tells
    /// its peers (RFC 5061), for which both nodes need `net.sctp.addip_enable` and
    /// `net.sctp.auth_enable`.
    struct AddAddressForm = "{at: server, address: 10.0.2.2}" {
        required {
            /// The endpoint.
            at: Reference,
            /// The address, which belongs to an interface of its node.
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

impl StepForm for AddAddressForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn error(&self) -> Option<&Spanned<ErrorName>> {
        self.error.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let at = self.at.spanned().and_then(|at| scope.endpoint(at))?;
        let address = self.address.spanned()?;
        let node = scope.facts(&at)?.node.clone();
        let ip = scope.address_of_node(&node, address)?;
        if scope.addresses_of(&at)?.contains(&ip) {
            scope
                .problems
                .add(
                    address.span,
                    format!("`{at}` has `{ip}` already"),
                    "nothing to add",
                )
                .help("give the endpoint fewer `addresses` to begin with, or take another");
            return None;
        }
        scope.story.gained.bound.insert((at.clone(), ip));
        Some(Action::AddAddress(AddAddress { at, address: ip }))
    }
}
