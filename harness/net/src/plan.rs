//! The plan of a network.

use std::net::IpAddr;
use std::time::Duration;

use ipnet::IpNet;

/// A network: its hosts and cables.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// The hosts.
    pub nodes: Vec<NodePlan>,
    /// The cables, each between two different nodes.
    pub links: Vec<LinkPlan>,
    /// Routes beyond those that the links' own subnets give.
    pub routes: Vec<RoutePlan>,
    /// Seed of the kernel's random loss and jitter (Linux 6.7 and later; older kernels
    /// have no separate generator for them).
    pub seed: Option<u64>,
}

/// One host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodePlan {
    /// Name of the node, unique in the plan.
    pub name: String,
    /// Whether the node forwards packets between its interfaces, as a router does.
    pub forwarding: bool,
    /// Kernel settings of the node's namespace. They are set in this order, after the
    /// node's interfaces have come up and before the node gets its routes.
    pub sysctls: Vec<Sysctl>,
    /// Whether the lab receives and sends for the node in place of a kernel. The kernel
    /// then has none of the node's addresses, and [`Network::host`](crate::Network::host)
    /// gives its frames.
    pub hosted: bool,
}

/// A kernel setting and its value, as sysctl(8) has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sysctl {
    /// Name of the setting, with dots: `net.sctp.auth_enable`.
    pub name: String,
    /// Value of the setting as text: `1`.
    pub value: String,
}

impl NodePlan {
    /// A node that does not forward packets.
    #[must_use]
    pub fn host(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            forwarding: false,
            sysctls: Vec::new(),
            hosted: false,
        }
    }

    /// A node that forwards packets.
    #[must_use]
    pub fn router(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            forwarding: true,
            sysctls: Vec::new(),
            hosted: false,
        }
    }
}

/// A cable, and its effects on frames.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkPlan {
    /// Name of the link, unique in the plan, and name of the interfaces at both ends. If
    /// the name is no valid interface name (for instance over 15 bytes), the interfaces
    /// get a short form of it: see [`Interface`](crate::Interface).
    pub name: String,
    /// The two ends of the link.
    pub ends: [EndPlan; 2],
    /// Effects on frames: `shape[0]` from `ends[0]` to `ends[1]`, `shape[1]` in the
    /// opposite direction.
    pub shape: [Shape; 2],
    /// Greatest length of an IP packet, in bytes; 1500 by default.
    pub mtu: Option<u32>,
}

impl LinkPlan {
    /// A link without delay, loss or rate limit.
    #[must_use]
    pub fn new(name: impl Into<String>, one: EndPlan, other: EndPlan) -> Self {
        Self {
            name: name.into(),
            ends: [one, other],
            shape: [Shape::default(); 2],
            mtu: None,
        }
    }

    /// The same link with this shape in both directions.
    #[must_use]
    pub fn shaped(self, shape: Shape) -> Self {
        Self {
            shape: [shape; 2],
            ..self
        }
    }
}

/// One end of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndPlan {
    /// The node with the interface.
    pub node: String,
    /// Addresses of the interface, with the prefix lengths of their subnets.
    pub addresses: Vec<IpNet>,
}

impl EndPlan {
    /// The end at `node` with these `addresses`.
    #[must_use]
    pub fn new(node: impl Into<String>, addresses: impl IntoIterator<Item = IpNet>) -> Self {
        Self {
            node: node.into(),
            addresses: addresses.into_iter().collect(),
        }
    }
}

/// Effects of a link on frames in one direction; none by default.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Shape {
    /// Delay of every frame.
    pub delay: Duration,
    /// Greatest deviation from `delay`, uniformly distributed. Frames may overtake each
    /// other if this exceeds the time between them.
    pub jitter: Duration,
    /// Random loss in percent of the frames: 0 to 100.
    pub loss: f64,
    /// Rate in bits per second, with a queue of 1000 frames before it; unlimited by
    /// default.
    pub rate: Option<u64>,
}

/// A route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoutePlan {
    /// The node with the route.
    pub node: String,
    /// Destination network; `0.0.0.0/0` or `::/0` is the default route.
    pub to: IpNet,
    /// Next router: an address at the other end of one of the node's links.
    pub via: IpAddr,
}

/// A default route for packets from one source address: a rule, and a routing table that
/// only this rule leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyRoutePlan {
    /// The node with the route.
    pub node: String,
    /// Source address of the packets.
    pub from: IpAddr,
    /// Next router: an address at the other end of one of the node's links, of the same
    /// family.
    pub via: IpAddr,
}

/// The directions of a link that are affected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Both directions.
    Both,
    /// Only frames that this node sends.
    From(String),
}

/// Reason why a plan is invalid.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// Two nodes or two links have the same name.
    #[error("two {what}s are named `{name}`")]
    Duplicate {
        /// `node` or `link`.
        what: &'static str,
        /// The common name.
        name: String,
    },
    /// A link or route refers to a node that is not in the plan.
    #[error("{at} names the node `{node}`, which is not in the plan")]
    UnknownNode {
        /// The link or route, in words.
        at: String,
        /// The unknown name.
        node: String,
    },
    /// A link goes from a node to itself.
    #[error("link `{link}` joins node `{node}` to itself")]
    Loop {
        /// The link.
        link: String,
        /// The node.
        node: String,
    },
    /// A loss that is no percentage.
    #[error("link `{link}` loses {loss} % of its frames: give 0 to 100")]
    Loss {
        /// The link.
        link: String,
        /// The given loss.
        loss: f64,
    },
    /// An MTU below the least MTU of the addresses' protocols (RFC 791: 68 bytes, RFC
    /// 8200, section 5: 1280 bytes), or above that of an interface.
    #[error("link `{link}` has an mtu of {mtu}: give {least} to 65535")]
    Mtu {
        /// The link.
        link: String,
        /// The given MTU.
        mtu: u32,
        /// The least valid MTU.
        least: u32,
    },
    /// An empty name.
    #[error("a {what} has no name")]
    Nameless {
        /// `node` or `link`.
        what: &'static str,
    },
    /// More links than hardware addresses allow.
    #[error("the plan has {links} links: at most {most} are possible")]
    TooManyLinks {
        /// Number of links in the plan.
        links: usize,
        /// Greatest number of links.
        most: usize,
    },
}
