//! The step `add-policy-route`: packets from one source address get a route of their own.

use std::fmt;
use std::net::IpAddr;

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::NodeName;
use crate::read::record;
use crate::value::{Address, Name, Reference};

/// Adds a policy route to a node: a default route for packets from one source address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddPolicyRoute {
    /// The node.
    pub node: NodeName,
    /// The source address: one of the node's own.
    pub from: IpAddr,
    /// The neighbour that forwards the packets, of the same family.
    pub via: IpAddr,
}

impl fmt::Display for AddPolicyRoute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { node, from, via } = self;
        write!(f, "add-policy-route at {node} from {from} via {via}")
    }
}

record! {
    /// Adds a policy route to a node: packets from this source address go to this
    /// neighbour, whatever the other routes say (`ip rule add from`, with a table of its
    /// own). Of two for the same source address, the later one decides. Linux only.
    struct AddPolicyRouteForm = "{node: client, from: 10.0.2.1, via: 10.0.2.254}" {
        required {
            /// The node.
            node: Reference,
            /// The source address of the packets: one of the node's own.
            from: Address,
            /// The neighbour that forwards the packets: an address on one of the node's
            /// links.
            via: Address,
        }
        optional {
            /// A name for this step.
            r#as: Name,
        }
    }
}

impl StepForm for AddPolicyRouteForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let node = self.node.spanned().and_then(|node| scope.kernel(node))?;
        let from = scope.address_of_node(&node, self.from.spanned()?)?;
        let neighbour = self.via.spanned()?;
        let via = neighbour.value.0;
        if from.is_ipv4() != via.is_ipv4() {
            scope
                .problems
                .add(
                    neighbour.span,
                    format!("`{from}` and `{via}` are of two families"),
                    "here",
                )
                .help("packets go over a neighbour of their own family");
            return None;
        }
        if !scope.meets(&node, via) {
            scope
                .problems
                .add(
                    neighbour.span,
                    format!("`{via}` is not a neighbour of `{node}`"),
                    "no link leads there",
                )
                .help("write the address at the other end of one of its links");
            return None;
        }
        Some(Action::AddPolicyRoute(AddPolicyRoute { node, from, via }))
    }
}
