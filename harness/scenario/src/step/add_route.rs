//! The step `add-route`: a node gets a route.

use std::fmt;

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{NodeName, Route};
use crate::network::check_route;
use crate::read::record;
use crate::value::{Address, Name, Network, Reference};

/// Adds a route to a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddRoute {
    /// The node.
    pub node: NodeName,
    /// The route.
    pub route: Route,
}

impl fmt::Display for AddRoute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Route { to, via } = self.route;
        write!(f, "add-route at {} to {to} via {via}", self.node)
    }
}

record! {
    /// Adds a route to a node.
    struct AddRouteForm = "{node: client, to: 10.0.2.0/24, via: 10.0.1.254}" {
        required {
            /// The node.
            node: Reference,
            /// Destination network.
            to: Network,
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

impl StepForm for AddRouteForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let node = self.node.spanned().and_then(|node| scope.kernel(node))?;
        let (to, via) = (self.to.spanned()?, self.via.spanned()?);
        let is_neighbour = scope.meets(&node, via.value.0);
        let route = check_route(&node, (to, via), is_neighbour, scope.problems)?;
        let gained = (node.clone(), route.clone());
        scope.story.gained.routes.push(gained);
        Some(Action::AddRoute(AddRoute { node, route }))
    }
}
