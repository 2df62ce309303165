//! Changes of a network that is up: what its nodes are set to, the addresses of
//! their interfaces, their routes.

use ipnet::IpNet;

use crate::error::NetError;
use crate::network::Network;
use crate::plan::{RoutePlan, Sysctl};

impl Network {
    /// Changes a kernel setting of a node.
    ///
    /// # Errors
    /// [`NetError::UnknownNode`], [`NetError::NotOfANode`], or
    /// [`NetError::Kernel`] where this kernel has no such setting or does not
    /// take the value.
    pub fn set_sysctl(&self, node: &str, sysctl: &Sysctl) -> Result<(), NetError> {
        self.node(node)?.set(std::slice::from_ref(sysctl))
    }

    /// Gives the interface of `link` at `node` another address. When this
    /// returns, it is in use, and the other end knows where it is.
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

    /// Takes an address from the interface of `link` at `node`. The other end
    /// goes on sending frames for it there, and nobody takes them.
    ///
    /// # Errors
    /// As [`add_address`](Self::add_address).
    pub fn remove_address(&self, link: &str, node: &str, address: IpNet) -> Result<(), NetError> {
        let port = self.end(link, node)?;
        self.node_of(port).remove_address(port, address)
    }

    /// Gives a node a route.
    ///
    /// # Errors
    /// [`NetError::UnknownNode`], [`NetError::Kernel`].
    pub fn add_route(&self, route: &RoutePlan) -> Result<(), NetError> {
        self.node(&route.node)?.add_route(route)
    }

    /// Takes a route from a node.
    ///
    /// # Errors
    /// As [`add_route`](Self::add_route).
    pub fn remove_route(&self, route: &RoutePlan) -> Result<(), NetError> {
        self.node(&route.node)?.remove_route(route)
    }
}
