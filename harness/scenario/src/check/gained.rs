//! Addresses and routes at a step, including those that steps before it have added.

use std::net::IpAddr;

use ipnet::IpNet;

use super::Scope;
use crate::diagnostic::Spanned;
use crate::model::{LinkName, NodeName, Route};
use crate::read::all_of;
use crate::value::Address;

impl Scope<'_, '_> {
    /// An address of one of the node's interfaces. Any other address is a mistake.
    pub(crate) fn address_of_node(
        &mut self,
        node: &NodeName,
        address: &Spanned<Address>,
    ) -> Option<IpAddr> {
        let ip = address.value.0;
        let gained = self.story.gained.interfaces.iter();
        let gained = gained.filter(|(owner, _, _)| owner == node);
        let mut known = self.world.addresses_of(node);
        known.extend(gained.map(|(_, _, net)| net.addr()));
        if known.contains(&ip) || !self.world.complete || self.story.gained.unsure {
            return Some(ip);
        }
        let known: Vec<String> = known.iter().map(ToString::to_string).collect();
        self.problems
            .add(
                address.span,
                format!("`{ip}` is not an address of `{node}`"),
                "not its own",
            )
            .help(format!(
                "it has {}; `add-interface-address` gives it more",
                all_of(known.iter().map(String::as_str))
            ));
        None
    }

    /// The node that has an address, if any.
    pub(crate) fn owner_of(&self, address: IpAddr) -> Option<NodeName> {
        let ends = self.world.links.iter().flat_map(|link| &link.ends);
        let first = ends.flat_map(|end| end.addresses.iter().map(|net| (&end.node, net)));
        let gained = self.story.gained.interfaces.iter();
        let mut all = first.chain(gained.map(|(node, _, net)| (node, net)));
        all.find(|(_, net)| net.addr() == address)
            .map(|(node, _)| node.clone())
    }

    /// Whether the interface of `link` at `node` has, or has had, this address.
    pub(crate) fn interface_has(&self, node: &NodeName, link: &LinkName, net: IpNet) -> bool {
        let gained = (node.clone(), link.clone(), net);
        let first = self.world.link(link).is_none_or(|link| {
            let mut ends = link.ends.iter();
            ends.any(|end| &end.node == node && end.addresses.contains(&net))
        });
        let interfaces = &self.story.gained.interfaces;
        first || self.story.gained.unsure || interfaces.contains(&gained)
    }

    /// Whether `address` is at the other end of one of the node's links.
    pub(crate) fn meets(&self, node: &NodeName, address: IpAddr) -> bool {
        let mut gained = self.story.gained.interfaces.iter();
        let has_gained = gained.any(|(owner, link, net)| {
            let ends_here = self.world.link(link).and_then(|link| link.end_of(node));
            owner != node && ends_here.is_some() && net.addr() == address
        });
        !self.world.complete
            || self.story.gained.unsure
            || has_gained
            || self.world.is_neighbour(node, address)
    }

    /// Whether the scenario, in its `nodes:` or by a step, gave the node this route.
    pub(crate) fn has_route(&self, node: &NodeName, route: &Route) -> bool {
        let nodes = self.world.nodes.iter().filter(|it| &it.name == node);
        let mut first = nodes.flat_map(|node| &node.routes);
        let mut gained = self.story.gained.routes.iter();
        !self.world.complete
            || first.any(|it| it == route)
            || gained.any(|(owner, it)| owner == node && it == route)
    }
}
