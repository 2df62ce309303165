//! The step `remove-route`: a node loses a route.

use std::fmt;

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{NodeName, Route};
use crate::read::record;
use crate::value::{Address, Name, Network, Reference};

/// Removes a route from a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoveRoute {
    /// The node.
    pub node: NodeName,
    /// The route.
    pub route: Route,
}

impl fmt::Display for RemoveRoute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Route { to, via } = self.route;
        write!(f, "remove-route at {} to {to} via {via}", self.node)
    }
}

record! {
    /// Removes a route from a node.
    struct RemoveRouteForm = "{node: client, to: 10.0.2.0/24, via: 10.0.1.254}" {
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

impl StepForm for RemoveRouteForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let node = self.node.spanned().and_then(|node| scope.kernel(node))?;
        let (to, via) = (self.to.spanned()?, self.via.spanned()?);
        let route = Route {
            to: to.value.0,
            via: via.value.0,
        };
        if !scope.has_route(&node, &route) {
            scope
                .problems
                .add(
                    to.span,
                    format!(
                        "`{node}` has no route to `{}` via `{}`",
                        route.to, route.via
                    ),
                    "nothing to remove",
                )
                .help("only routes that the scenario gave it can be removed");
            return None;
        }
        Some(Action::RemoveRoute(RemoveRoute { node, route }))
    }
}
