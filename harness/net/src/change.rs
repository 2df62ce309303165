//! Changes a network that is up: kernel settings, addresses and routes of its nodes.

use ipnet::IpNet;

use crate::error::NetError;
use crate::network::Network;
use crate::plan::{PolicyRoutePlan, RoutePlan, Sysctl};

impl Network {
    /// Changes a kernel setting of a node.
    ///
    /// # Errors
    /// [`NetError::UnknownNode`], [`NetError::NotOfANode`], or [`NetError::Kernel`] if
    /// this kernel has no such setting or refuses the value.
    pub fn set_sysctl(&self, node: &str, sysctl: &Sysctl) -> Result<(), NetError> {
        self.node(node)?.set(std::slice::from_ref(sysctl))
    }

    /// Adds an address to the interface of `link` at `node`. When this returns, the
    /// address is in use, and the other end has a neighbour entry for it.
    ///
    /// # Errors
    /// [`NetError::UnknownLink`], [`NetError::UnknownNode`],
    /// [`NetError::NotAnEnd`], [`NetError::Kernel`].
    pub async fn add_address(
        &self,
        link: &str,
        node: &str,
        address: IpNet,
    ) -> Result<(), NetError> {
        let port = self.end(link, node)?;
        let other = self.opposite(port);
        self.node_of(other).meet(other, address.addr(), port.mac)?;
        self.node_of(port).add_address(port, address).await
    }

    /// Removes an address from the interface of `link` at `node`. The other end keeps
    /// sending frames for the address there, and the node ignores them.
    ///
    /// # Errors
    /// As [`add_address`](Self::add_address).
    pub fn remove_address(&self, link: &str, node: &str, address: IpNet) -> Result<(), NetError> {
        let port = self.end(link, node)?;
        self.node_of(port).remove_address(port, address)
    }

    /// Adds a route to a node.
    ///
    /// # Errors
    /// [`NetError::UnknownNode`], [`NetError::Kernel`].
    pub fn add_route(&self, route: &RoutePlan) -> Result<(), NetError> {
        self.node(&route.node)?.add_route(route)
    }

    /// Adds a policy route to a node. Of two for the same source address, the later one
    /// decides.
    ///
    /// # Errors
    /// [`NetError::UnknownNode`], [`NetError::Kernel`]: always on FreeBSD, which has no
    /// routes by source address.
    pub fn add_policy_route(&self, route: &PolicyRoutePlan) -> Result<(), NetError> {
        self.node(&route.node)?.add_policy_route(route)
    }

    /// Removes a route from a node.
    ///
    /// # Errors
    /// As [`add_route`](Self::add_route).
    pub fn remove_route(&self, route: &RoutePlan) -> Result<(), NetError> {
        self.node(&route.node)?.remove_route(route)
    }
}
