//! Changes of a node that is up.

use std::io;
use std::net::IpAddr;

use ipnet::IpNet;

use super::node::Node;
use super::sysctl;
use crate::error::NetError;
use crate::layout::{Mac, Port};
use crate::plan::{RoutePlan, Sysctl};

impl Node {
    /// Sets kernel settings of its own.
    pub(crate) fn set(&self, sysctls: &[Sysctl]) -> Result<(), NetError> {
        sysctls.iter().try_for_each(|Sysctl { name, value }| {
            if !name.starts_with("net.") {
                return Err(NetError::NotOfANode(name.clone()));
            }
            self.set_number(name, value)
        })
    }

    /// Whether its kernel has such a setting, by the name that scenarios use.
    ///
    /// # Errors
    /// [`NetError::Kernel`] if it cannot be asked.
    pub fn has_setting(&self, name: &str) -> Result<bool, NetError> {
        match self.jail.knows(sysctl::name(name)) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(NetError::kernel(format!("look for {name}"))(error)),
        }
    }

    /// Tells it who has an address at the other end of its `port`'s cable.
    pub(crate) fn meet(&self, port: &Port, address: IpAddr, mac: Mac) -> Result<(), NetError> {
        let index = self.interface(&port.interface).index();
        match index.and_then(|index| self.routes.add_neighbour(index, address, mac)) {
            // One that was asked for before it was there has an entry already.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            told => told.map_err(NetError::kernel(format!(
                "tell interface `{}` of {address}",
                port.interface
            ))),
        }
    }

    /// Gives its interface an address. When this returns, it is in use.
    pub(crate) async fn add_address(&self, port: &Port, address: IpNet) -> Result<(), NetError> {
        self.interface(&port.interface)
            .add_address(address)
            .map_err(NetError::kernel(format!(
                "give interface `{}` the address {address}",
                port.interface
            )))
    }

    /// Takes an address from its interface.
    pub(crate) fn remove_address(&self, port: &Port, address: IpNet) -> Result<(), NetError> {
        self.interface(&port.interface)
            .remove_address(address.addr())
            .map_err(NetError::kernel(format!(
                "take the address {address} from interface `{}`",
                port.interface
            )))
    }

    /// Gives it a route.
    pub(crate) fn add_route(&self, route: &RoutePlan) -> Result<(), NetError> {
        self.routes
            .add(route.to, route.via)
            .map_err(NetError::kernel(format!(
                "give node `{}` a route to {} via {}",
                route.node, route.to, route.via
            )))
    }

    /// Takes a route from it.
    pub(crate) fn remove_route(&self, route: &RoutePlan) -> Result<(), NetError> {
        self.routes
            .remove(route.to, route.via)
            .map_err(NetError::kernel(format!(
                "take the route to {} via {} from node `{}`",
                route.to, route.via, route.node
            )))
    }
}
