//! Changes a node that is up.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::path::Path;

use ipnet::IpNet;

use super::node::Node;
use super::{message, sysctl};
use crate::error::NetError;
use crate::layout::{Mac, Port};
use crate::plan::{PolicyRoutePlan, RoutePlan, Sysctl};

impl Node {
    /// Sets kernel settings of the node.
    pub(crate) fn set(&self, sysctls: &[Sysctl]) -> Result<(), NetError> {
        if sysctls.is_empty() {
            return Ok(());
        }
        self.enter(|| sysctls.iter().try_for_each(sysctl::apply))?
    }

    /// Whether the node's kernel has this setting, by its name with dots.
    ///
    /// # Errors
    /// [`NetError::Kernel`] if the namespace cannot be entered.
    pub fn has_setting(&self, name: &str) -> Result<bool, NetError> {
        let path = format!("/proc/sys/{}", name.replace('.', "/"));
        self.enter(|| Path::new(&path).exists())
    }

    /// Adds a neighbour entry for the address at the other end of its `port`'s cable.
    pub(crate) fn meet(&self, port: &Port, address: IpAddr, mac: Mac) -> Result<(), NetError> {
        self.netlink
            .request(&[message::neighbour(port, address, mac)])
    }

    /// Adds an address to the node's interface. When this returns, the address is in use.
    pub(crate) async fn add_address(&self, port: &Port, address: IpNet) -> Result<(), NetError> {
        self.netlink.request(&[message::address(port, address)])?;
        let awaited = match address {
            IpNet::V6(address) => BTreeSet::from([address.addr()]),
            IpNet::V4(_) => BTreeSet::new(),
        };
        self.new_addresses.of(awaited).await
    }

    /// Removes an address from the node's interface.
    pub(crate) fn remove_address(&self, port: &Port, address: IpNet) -> Result<(), NetError> {
        self.netlink.request(&[message::no_address(port, address)])
    }

    /// Sets the MTU of the node's interface.
    pub(crate) fn set_mtu(&self, port: &Port, mtu: u32) -> Result<(), NetError> {
        self.netlink.request(&[message::mtu(port, mtu)])
    }

    pub(crate) fn add_route(&self, route: &RoutePlan) -> Result<(), NetError> {
        self.netlink.request(&[message::route(route)])
    }

    /// Adds a default route to a table of its own, and the rule that leads to that table.
    pub(crate) fn add_policy_route(&self, route: &PolicyRoutePlan) -> Result<(), NetError> {
        let table = self.new_table()?;
        self.netlink.request(&[
            message::policy_route(route, table),
            message::policy(route, table),
        ])
    }

    pub(crate) fn remove_route(&self, route: &RoutePlan) -> Result<(), NetError> {
        self.netlink.request(&[message::no_route(route)])
    }
}
