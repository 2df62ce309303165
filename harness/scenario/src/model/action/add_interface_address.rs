use std::fmt;

use ipnet::IpNet;

use super::super::{LinkName, NodeName};

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
