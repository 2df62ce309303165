use std::net::IpAddr;

use crate::model::{Endpoint, EndpointName, Link, LinkName, Node, NodeName};

/// The network and the endpoints, as far as they could be read.
#[derive(Default)]
pub(crate) struct World {
    pub(crate) nodes: Vec<Node>,
    pub(crate) links: Vec<Link>,
    /// All names of links, also of those that are wrong.
    pub(crate) link_names: Vec<LinkName>,
    pub(crate) endpoints: Vec<Known>,
    /// Whether all links could be read. Where one could not, nothing is said
    /// about addresses that seem to belong to nobody.
    pub(crate) complete: bool,
}

/// An endpoint whose name is known, and the rest if it is right.
pub(crate) struct Known {
    pub(crate) name: EndpointName,
    pub(crate) endpoint: Option<Endpoint>,
}

impl World {
    pub(crate) fn has_node(&self, name: &str) -> bool {
        self.nodes.iter().any(|node| node.name.as_str() == name)
    }

    pub(crate) fn link(&self, name: &LinkName) -> Option<&Link> {
        self.links.iter().find(|link| &link.name == name)
    }

    pub(crate) fn endpoint(&self, name: &EndpointName) -> Option<&Endpoint> {
        self.endpoints
            .iter()
            .find(|known| &known.name == name)
            .and_then(|known| known.endpoint.as_ref())
    }

    /// All addresses of a node, in the order of the links.
    pub(crate) fn addresses_of(&self, node: &NodeName) -> Vec<IpAddr> {
        self.links
            .iter()
            .flat_map(|link| &link.ends)
            .filter(|end| &end.node == node)
            .flat_map(|end| &end.addresses)
            .map(|net| net.addr())
            .collect()
    }
}
