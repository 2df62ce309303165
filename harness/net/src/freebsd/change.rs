//! Changes a node that is up.

use std::io;
use std::net::IpAddr;

use ipnet::IpNet;

use super::node::Node;
use super::sysctl;
use crate::error::NetError;
use crate::layout::{Mac, Port};
use crate::plan::{PolicyRoutePlan, RoutePlan, Sysctl};

impl Node {
    /// Sets kernel settings of the node.
    pub(crate) fn set(&self, sysctls: &[Sysctl]) -> Result<(), NetError> {
        sysctls.iter().try_for_each(|Sysctl { name, value }| {
            if !name.starts_with("net.") {
                return Err(NetError::NotOfANode(name.clone()));
            }
            self.set_number(name, value)
        })
    }

    /// Whether the node's kernel has this setting, by the name in scenarios.
    ///
    /// # Errors
    /// [`NetError::Kernel`] if it cannot be asked.
    pub fn has_setting(&self, name: &str) -> Result<bool, NetError> {
        match self.jail.require(sysctl::name(name)) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(NetError::kernel(format!("look for {name}"))(error)),
        }
    }

    /// Adds a neighbour entry for the address at the other end of its `port`'s cable.
    pub(crate) fn meet(&self, port: &Port, address: IpAddr, mac: Mac) -> Result<(), NetError> {
        let index = self.interface(&port.interface).index();
        match index.and_then(|index| self.routes.add_neighbour(index, address, mac)) {
            // An address that was resolved before it existed already has an entry.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            told => told.map_err(NetError::kernel(format!(
                "tell interface `{}` of {address}",
                port.interface
            ))),
        }
    }

    /// Adds an address to the node's interface. When this returns, the address is in use.
    pub(crate) async fn add_address(&self, port: &Port, address: IpNet) -> Result<(), NetError> {
        self.interface(&port.interface)
            .add_address(address)
            .map_err(NetError::kernel(format!(
                "give interface `{}` the address {address}",
                port.interface
            )))
    }

    /// Removes an address from the node's interface.
    pub(crate) fn remove_address(&self, port: &Port, address: IpNet) -> Result<(), NetError> {
        self.interface(&port.interface)
            .remove_address(address.addr())
            .map_err(NetError::kernel(format!(
                "take the address {address} from interface `{}`",
                port.interface
            )))
    }

    /// Sets the MTU of the node's interface.
    pub(crate) fn set_mtu(&self, port: &Port, mtu: u32) -> Result<(), NetError> {
        self.interface(&port.interface)
            .set_mtu(mtu)
            .map_err(NetError::kernel(format!(
                "give interface `{}` an mtu of {mtu}",
                port.interface
            )))
    }

    /// Adds a route to the node.
    pub(crate) fn add_route(&self, route: &RoutePlan) -> Result<(), NetError> {
        self.routes
            .add(route.to, route.via)
            .map_err(NetError::kernel(format!(
                "give node `{}` a route to {} via {}",
                route.node, route.to, route.via
            )))
    }

    /// Refuses the policy route: a routing table of FreeBSD is chosen by the process or by
    /// the packet filter (setfib(2), ipfw(8)), and never by the source address.
    pub(crate) fn add_policy_route(&self, route: &PolicyRoutePlan) -> Result<(), NetError> {
        Err(NetError::kernel(format!(
            "give node `{}` a route for packets from {}",
            route.node, route.from
        ))(io::ErrorKind::Unsupported.into()))
    }

    /// Removes a route from the node.
    pub(crate) fn remove_route(&self, route: &RoutePlan) -> Result<(), NetError> {
        self.routes
            .remove(route.to, route.via)
            .map_err(NetError::kernel(format!(
                "take the route to {} via {} from node `{}`",
                route.to, route.via, route.node
            )))
    }
}
