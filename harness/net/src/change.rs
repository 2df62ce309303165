//! Changes a network that is up: kernel settings, addresses and routes of its nodes, and the
//! MTU of its links.

use ipnet::IpNet;
use rules::Match;

use crate::error::NetError;
use crate::fabric::Fabric;
use crate::layout::PortId;
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

    /// Gives both ends of a link another MTU, at most the one that it was planned with: no
    /// packet of an end's own kernel is longer from now on. The rule `link LINK has an mtu
    /// of N` drops longer packets of a [hosted](Self::host) node.
    ///
    /// Frames that are on their way to an end, and too long for it now, are lost without a
    /// record, as if its carrier [were taken](Self::link_down).
    ///
    /// # Errors
    /// [`NetError::UnknownLink`], [`NetError::Mtu`], [`NetError::Kernel`].
    pub fn set_mtu(&self, link: &str, mtu: u32) -> Result<(), NetError> {
        let number = self.link_number(link)?;
        let planned = &self.layout.links[number];
        if !(planned.least_mtu..=planned.mtu).contains(&mtu) {
            return Err(NetError::Mtu {
                link: link.to_owned(),
                mtu,
                least: planned.least_mtu,
                most: planned.mtu,
            });
        }
        let ends = PortId::ends(number);
        let name = format!("link {link} has an mtu of {mtu}");
        {
            let mut fabric = self.settled();
            let Fabric {
                narrow,
                narrowed,
                rules,
                ..
            } = &mut *fabric;
            for sender in ends {
                narrow.lift(sender, rules);
            }
            if mtu < planned.mtu {
                narrowed.insert(number);
                let longer = Match {
                    larger_than: usize::try_from(mtu).ok(),
                    ..Match::default()
                };
                for sender in ends {
                    narrow.raise_against(longer.clone(), sender, &name, rules, &self.layout)?;
                }
            }
        }
        ends.into_iter().try_for_each(|end| {
            let port = self.layout.port(end);
            self.node_of(port).set_mtu(port, mtu)
        })
    }

    /// Removes a route from a node.
    ///
    /// # Errors
    /// As [`add_route`](Self::add_route).
    pub fn remove_route(&self, route: &RoutePlan) -> Result<(), NetError> {
        self.node(&route.node)?.remove_route(route)
    }
}
