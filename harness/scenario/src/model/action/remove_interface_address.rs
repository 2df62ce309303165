use std::fmt;

use ipnet::IpNet;

use super::super::{LinkName, NodeName};

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
