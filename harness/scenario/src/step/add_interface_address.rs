//! The step `add-interface-address`: an interface of a node gets a further address.

use std::fmt;

use ipnet::IpNet;

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{LinkName, NodeName};
use crate::read::record;
use crate::value::{Name, Prefixed, Reference};

/// Adds an address to an interface of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddInterfaceAddress {
    /// The node.
    pub node: NodeName,
    /// The link at whose end the interface is.
    pub link: LinkName,
    /// The address with the prefix of its network.
    pub address: IpNet,
}

impl fmt::Display for AddInterfaceAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            node,
            link,
            address,
        } = self;
        write!(f, "add-interface-address {address} to {node} on {link}")
    }
}

record! {
    /// Adds an address to an interface of a node. An endpoint without `wildcard` does not use
    /// the address before `add-address` binds the endpoint to it.
    struct AddInterfaceAddressForm = "{node: server, link: path-a, address: 10.0.1.3/24}" {
        required {
            /// The node.
            node: Reference,
            /// The link at whose end the interface is.
            link: Reference,
            /// The address with the prefix of its network.
            address: Prefixed,
        }
        optional {
            /// A name for this step.
            r#as: Name,
        }
    }
}

impl StepForm for AddInterfaceAddressForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let link = self.link.spanned().and_then(|link| scope.link(link))?;
        scope.kernel(self.node.spanned()?)?;
        let node = scope.end_of(Some(&link), self.node.spanned()?)?;
        let address = self.address.spanned()?;
        let net = address.value.0;
        if let Some(owner) = scope.owner_of(net.addr()) {
            scope
                .problems
                .add(
                    address.span,
                    format!("`{}` is given twice", net.addr()),
                    "the second time",
                )
                .help(format!("`{owner}` has it already"));
            return None;
        }
        let gained = (node.clone(), link.clone(), net);
        scope.story.gained.interfaces.insert(gained);
        Some(Action::AddInterfaceAddress(AddInterfaceAddress {
            node,
            link,
            address: net,
        }))
    }
}
