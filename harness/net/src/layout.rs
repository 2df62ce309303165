//! A checked plan, with all numbers and names that follow from it.
//!
//! No part of a layout depends on chance or on the kernel: indexes, hardware addresses and
//! interface names follow from the order of the plan alone. So two builds of a plan are
//! equal, and nothing has to be looked up after the build.

mod interface_name;

use std::collections::BTreeSet;
use std::fmt;

use ipnet::IpNet;

use crate::error::NetError;
use crate::plan::{LinkPlan, Plan, PlanError, RoutePlan, Shape, Sysctl};

/// Greatest number of links: a hardware address has two bytes for it.
const MOST_LINKS: usize = 1 << 16;
const DEFAULT_MTU: u32 = 1500;
const GREATEST_MTU: u32 = 65_535;
/// Least MTU of IPv4 (RFC 791).
const LEAST_MTU_V4: u32 = 68;
/// Least MTU of IPv6 (RFC 8200, section 5).
const LEAST_MTU_V6: u32 = 1280;

/// First interface indexes. They are far from those that a kernel assigns itself in every
/// new namespace (loopback, and fallback tunnels if their modules are loaded).
const FIRST_NEAR_INDEX: u32 = 1_000;
const FIRST_FAR_INDEX: u32 = 1_000_000;

/// A hardware address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mac(pub [u8; 6]);

impl fmt::Display for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, e, g] = self.0;
        write!(f, "{a:02x}:{b:02x}:{c:02x}:{d:02x}:{e:02x}:{g:02x}")
    }
}

#[derive(Debug)]
pub(crate) struct Layout {
    pub(crate) nodes: Vec<NodeLayout>,
    pub(crate) links: Vec<LinkLayout>,
    /// Two ports for each link, in the plan's order.
    pub(crate) ports: Vec<Port>,
    pub(crate) seed: Option<u64>,
}

#[derive(Debug)]
pub(crate) struct NodeLayout {
    pub(crate) name: String,
    pub(crate) forwarding: bool,
    pub(crate) sysctls: Vec<Sysctl>,
    pub(crate) routes: Vec<RoutePlan>,
    pub(crate) hosted: bool,
}

#[derive(Debug)]
pub(crate) struct LinkLayout {
    pub(crate) name: String,
    pub(crate) mtu: u32,
    /// The least MTU that the link's addresses allow.
    pub(crate) least_mtu: u32,
}

/// The directions of a cable in which a lost frame is an error.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unsent {
    /// From the node into the fabric.
    pub(crate) by_node: bool,
    /// From the fabric to the node.
    pub(crate) by_fabric: bool,
}

/// One end of a link: a node's interface, its cable, and the cable's far end in the
/// fabric.
#[derive(Debug)]
pub(crate) struct Port {
    pub(crate) id: PortId,
    pub(crate) node: usize,
    pub(crate) interface: String,
    pub(crate) mac: Mac,
    /// Index of the node's interface, in the node.
    pub(crate) near: u32,
    /// Index of the cable's far end, in the fabric.
    pub(crate) far: u32,
    pub(crate) addresses: Vec<IpNet>,
    /// Delay, loss and rate for frames towards this end.
    pub(crate) shape: Shape,
}

/// A port's place in [`Layout::ports`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PortId(pub(crate) usize);

impl PortId {
    fn of(link: usize, side: usize) -> Self {
        Self(2 * link + side)
    }

    /// Both ends of a link.
    pub(crate) fn ends(link: usize) -> [Self; 2] {
        [Self::of(link, 0), Self::of(link, 1)]
    }

    /// The port whose far end has this interface index in the fabric.
    pub(crate) fn at_far_index(index: u32) -> Option<Self> {
        index
            .checked_sub(FIRST_FAR_INDEX)
            .and_then(|id| usize::try_from(id).ok())
            .map(Self)
    }

    pub(crate) fn link(self) -> usize {
        self.0 / 2
    }

    pub(crate) fn opposite(self) -> Self {
        Self(self.0 ^ 1)
    }

    fn far_index(self) -> u32 {
        FIRST_FAR_INDEX + u32::try_from(self.0).expect("MOST_LINKS is far below u32::MAX")
    }

    /// The hardware address of the port's interface: locally administered (bit 02), so that
    /// no vendor has assigned it.
    fn mac(self) -> Mac {
        let link = u16::try_from(self.link()).expect("a plan has at most MOST_LINKS links");
        let [high, low] = link.to_be_bytes();
        let side = u8::from(self.0 % 2 == 1);
        Mac([0x02, 0, 0, high, low, side + 1])
    }
}

impl Layout {
    pub(crate) fn of(plan: Plan) -> Result<Self, PlanError> {
        unique("node", plan.nodes.iter().map(|node| &node.name))?;
        unique("link", plan.links.iter().map(|link| &link.name))?;
        if plan.links.len() > MOST_LINKS {
            return Err(PlanError::TooManyLinks {
                links: plan.links.len(),
                most: MOST_LINKS,
            });
        }

        let mut layout = Self {
            nodes: plan
                .nodes
                .into_iter()
                .map(|node| NodeLayout {
                    name: node.name,
                    forwarding: node.forwarding,
                    sysctls: node.sysctls,
                    routes: Vec::new(),
                    hosted: node.hosted,
                })
                .collect(),
            links: Vec::new(),
            ports: Vec::new(),
            seed: plan.seed,
        };
        for link in plan.links {
            layout.plug_in(link)?;
        }
        for route in plan.routes {
            let node = layout
                .node(&route.node)
                .ok_or_else(|| PlanError::UnknownNode {
                    at: format!("the route to {}", route.to),
                    node: route.node.clone(),
                })?;
            layout.nodes[node].routes.push(route);
        }
        Ok(layout)
    }

    fn plug_in(&mut self, link: LinkPlan) -> Result<(), PlanError> {
        let number = self.links.len();
        let least_mtu = least_mtu(&link);
        let mtu = checked_mtu(&link, least_mtu)?;
        if link.ends[0].node == link.ends[1].node {
            return Err(PlanError::Loop {
                link: link.name,
                node: link.ends[0].node.clone(),
            });
        }
        for (side, end) in link.ends.into_iter().enumerate() {
            let id = PortId::of(number, side);
            // A shape belongs to the sender of a direction, and is applied where the
            // frames leave the fabric: at the receiver's port.
            let shape = link.shape[1 - side];
            if !(0.0..=100.0).contains(&shape.loss) {
                return Err(PlanError::Loss {
                    link: link.name,
                    loss: shape.loss,
                });
            }
            let node = self.node(&end.node).ok_or_else(|| PlanError::UnknownNode {
                at: format!("link `{}`", link.name),
                node: end.node.clone(),
            })?;
            let before = self.ports.iter().filter(|port| port.node == node).count();
            self.ports.push(Port {
                id,
                node,
                interface: interface_name::for_link(number, &link.name),
                mac: id.mac(),
                near: FIRST_NEAR_INDEX
                    + u32::try_from(before).expect("MOST_LINKS is far below u32::MAX"),
                far: id.far_index(),
                addresses: end.addresses,
                shape,
            });
        }
        self.links.push(LinkLayout {
            name: link.name,
            mtu,
            least_mtu,
        });
        Ok(())
    }

    pub(crate) fn node(&self, name: &str) -> Option<usize> {
        self.nodes.iter().position(|node| node.name == name)
    }

    pub(crate) fn link(&self, name: &str) -> Option<usize> {
        self.links.iter().position(|link| link.name == name)
    }

    pub(crate) fn port(&self, id: PortId) -> &Port {
        &self.ports[id.0]
    }

    /// The end of `link` at `node`.
    pub(crate) fn end(&self, link: usize, node: usize) -> Option<&Port> {
        self.ports
            .iter()
            .find(|port| port.id.link() == link && port.node == node)
    }

    /// The end of `link` at `node`, both by name.
    pub(crate) fn port_of(&self, link: &str, node: &str) -> Result<&Port, NetError> {
        let link_number = self
            .link(link)
            .ok_or_else(|| NetError::UnknownLink(link.to_owned()))?;
        let node_number = self
            .node(node)
            .ok_or_else(|| NetError::UnknownNode(node.to_owned()))?;
        self.end(link_number, node_number)
            .ok_or_else(|| NetError::NotAnEnd {
                link: link.to_owned(),
                node: node.to_owned(),
            })
    }

    pub(crate) fn ports_of(&self, node: usize) -> impl Iterator<Item = &Port> {
        self.ports.iter().filter(move |port| port.node == node)
    }

    pub(crate) fn greatest_mtu(&self) -> u32 {
        self.links
            .iter()
            .map(|link| link.mtu)
            .max()
            .unwrap_or(DEFAULT_MTU)
    }
}

fn unique<'a>(
    what: &'static str,
    names: impl Iterator<Item = &'a String>,
) -> Result<(), PlanError> {
    let mut seen = BTreeSet::new();
    for name in names {
        if name.is_empty() {
            return Err(PlanError::Nameless { what });
        }
        if !seen.insert(name) {
            return Err(PlanError::Duplicate {
                what,
                name: name.clone(),
            });
        }
    }
    Ok(())
}

fn least_mtu(link: &LinkPlan) -> u32 {
    let mut addresses = link.ends.iter().flat_map(|end| &end.addresses);
    if addresses.any(|address| matches!(address, IpNet::V6(_))) {
        LEAST_MTU_V6
    } else {
        LEAST_MTU_V4
    }
}

fn checked_mtu(link: &LinkPlan, least: u32) -> Result<u32, PlanError> {
    let mtu = link.mtu.unwrap_or(DEFAULT_MTU);
    if (least..=GREATEST_MTU).contains(&mtu) {
        Ok(mtu)
    } else {
        Err(PlanError::Mtu {
            link: link.name.clone(),
            mtu,
            least,
        })
    }
}

#[cfg(test)]
mod tests;
