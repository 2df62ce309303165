use std::fmt;

use super::super::{NodeName, Route};

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
