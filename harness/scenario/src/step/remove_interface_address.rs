//! The step `remove-interface-address`: an interface of a node loses an address.

use std::fmt;

use ipnet::IpNet;

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{LinkName, NodeName};
use crate::read::record;
use crate::value::{Name, Prefixed, Reference};

/// Removes an address from an interface of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoveInterfaceAddress {
    /// The node.
    pub node: NodeName,
    /// The link at whose end the interface is.
    pub link: LinkName,
    /// The address with the prefix of its network.
    pub address: IpNet,
}

impl fmt::Display for RemoveInterfaceAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            node,
            link,
            address,
        } = self;
        write!(
            f,
            "remove-interface-address {address} from {node} on {link}"
        )
    }
}

record! {
    /// Removes an address from an interface of a node: packets for it still arrive, and
    /// are ignored.
    struct RemoveInterfaceAddressForm = "{node: server, link: path-a, address: 10.0.1.2/24}" {
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

impl StepForm for RemoveInterfaceAddressForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let link = self.link.spanned().and_then(|link| scope.link(link))?;
        scope.kernel(self.node.spanned()?)?;
        let node = scope.end_of(Some(&link), self.node.spanned()?)?;
        let address = self.address.spanned()?;
        let net = address.value.0;
        if !scope.interface_has(&node, &link, net) {
            scope
                .problems
                .add(
                    address.span,
                    format!("`{node}` has no address `{net}` on `{link}`"),
                    "nothing to remove",
                )
                .help("write it as the link has it, with its prefix");
            return None;
        }
        Some(Action::RemoveInterfaceAddress(RemoveInterfaceAddress {
            node,
            link,
            address: net,
        }))
    }
}
