//! Neighbours of a node, and its routes to addresses.

use std::net::IpAddr;

use super::World;
use crate::model::NodeName;

impl World {
    /// Whether `address` is at the other end of one of `node`'s links.
    pub(crate) fn is_neighbour(&self, node: &NodeName, address: IpAddr) -> bool {
        self.links.iter().any(|link| {
            link.end_of(node).is_some_and(|end| {
                link.ends[1 - end]
                    .addresses
                    .iter()
                    .any(|net| net.addr() == address)
            })
        })
    }

    /// Whether `node` has a route to `address`: the address is its own, on one of its
    /// networks, or reached by a route. The routers in between are not checked, since a
    /// missing route there may be the lesson.
    pub(crate) fn reaches(&self, node: &NodeName, address: IpAddr) -> bool {
        let on_link = self
            .links
            .iter()
            .flat_map(|link| &link.ends)
            .filter(|end| &end.node == node)
            .flat_map(|end| &end.addresses)
            .any(|net| net.contains(&address));
        let routed = self
            .nodes
            .iter()
            .filter(|candidate| &candidate.name == node)
            .flat_map(|node| &node.routes)
            .any(|route| route.to.contains(&address));
        on_link || routed
    }

    /// The missing route from `node` to `address`, in the notation of scenarios. It leads
    /// over a router that is a neighbour of both.
    pub(crate) fn missing_route(&self, node: &NodeName, address: IpAddr) -> Option<String> {
        let routers = self.nodes.iter().filter(|candidate| candidate.router);
        for router in routers {
            let ends = || self.links.iter().flat_map(|link| &link.ends);
            let mut beyond = ends()
                .filter(|end| end.node == router.name)
                .flat_map(|end| &end.addresses);
            let Some(to) = beyond.find(|net| net.contains(&address)) else {
                continue;
            };
            let mut nearby = ends()
                .filter(|end| end.node == router.name)
                .flat_map(|end| &end.addresses)
                .map(|net| net.addr());
            let same_family = |via: &IpAddr| via.is_ipv4() == address.is_ipv4();
            let via = nearby.find(|via| same_family(via) && self.is_neighbour(node, *via));
            if let Some(via) = via {
                return Some(format!("{{to: {}, via: {via}}}", to.trunc()));
            }
        }
        None
    }
}
