use std::fmt;
use std::net::IpAddr;

use super::super::NodeName;

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
