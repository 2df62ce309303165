use std::fmt;

use super::super::{NodeName, Route};

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
