//! What network is wanted.

use std::net::IpAddr;
use std::time::Duration;

use ipnet::IpNet;

/// A network: which hosts there are and which cables join them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// The hosts.
    pub nodes: Vec<NodePlan>,
    /// The cables, each between two different nodes.
    pub links: Vec<LinkPlan>,
    /// Routes beyond those that the links' own subnets give.
    pub routes: Vec<RoutePlan>,
    /// Seeds the kernel's random loss and jitter (Linux 6.7 and later; older
    /// kernels draw them from their common generator).
    pub seed: Option<u64>,
}

/// One host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodePlan {
    /// Its name, unique in the plan.
    pub name: String,
    /// Whether it forwards packets between its interfaces, as a router does.
    pub forwarding: bool,
    /// Kernel settings of its own namespace, to be set in this order before
    /// anything is done on it.
    pub sysctls: Vec<Sysctl>,
    /// Whether the lab speaks in place of its kernel: its links' addresses are
    /// nobody's, and its frames are for [`Network::host`](crate::Network::host).
    pub hosted: bool,
}

/// A kernel setting and its value, as sysctl(8) has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sysctl {
    /// Its name, with dots: `net.sctp.auth_enable`.
    pub name: String,
    /// Its value in text: `1`.
    pub value: String,
}

impl NodePlan {
    /// A node that keeps to itself.
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

/// One cable and what it does to the frames on it.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkPlan {
    /// Its name, unique in the plan, and the name of the interface at both
    /// ends. A name that cannot name an interface (over 15 bytes, say) gives
    /// interfaces with a short form of it: see [`Interface`](crate::Interface).
    pub name: String,
    /// Where it is plugged in.
    pub ends: [EndPlan; 2],
    /// What it does to frames: `shape[0]` on the way from `ends[0]` to
    /// `ends[1]`, `shape[1]` on the way back.
    pub shape: [Shape; 2],
    /// The greatest IP packet, in bytes; 1500 if not given.
    pub mtu: Option<u32>,
}

impl LinkPlan {
    /// A link without delay, loss or limit.
    #[must_use]
    pub fn new(name: impl Into<String>, one: EndPlan, other: EndPlan) -> Self {
        Self {
            name: name.into(),
            ends: [one, other],
            shape: [Shape::default(); 2],
            mtu: None,
        }
    }

    /// The same link with the same shape both ways.
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
    /// The node that has the interface.
    pub node: String,
    /// The interface's addresses with their subnets' prefix lengths.
    pub addresses: Vec<IpNet>,
}

impl EndPlan {
    /// The end at `node`, with `addresses`.
    #[must_use]
    pub fn new(node: impl Into<String>, addresses: impl IntoIterator<Item = IpNet>) -> Self {
        Self {
            node: node.into(),
            addresses: addresses.into_iter().collect(),
        }
    }
}

/// What a link does to frames in one direction; by default, nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Shape {
    /// How long every frame is under way.
    pub delay: Duration,
    /// How much longer or shorter than `delay`, at most, evenly distributed.
    /// Frames may overtake each other where this exceeds their spacing.
    pub jitter: Duration,
    /// How many of a hundred frames are lost, at random: 0 to 100.
    pub loss: f64,
    /// How fast it is, in bits per second, with a queue of 1000 frames before
    /// it; without limit if not given.
    pub rate: Option<u64>,
}

/// A route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoutePlan {
    /// The node that has it.
    pub node: String,
    /// Where it leads; `0.0.0.0/0` or `::/0` is the default route.
    pub to: IpNet,
    /// The next router: an address at the other end of one of the node's links.
    pub via: IpAddr,
}

/// The ways of a link that something applies to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Both ways.
    Both,
    /// Only frames that this node sends.
    From(String),
}

/// Why a plan makes no network.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// Two nodes, or two links, cannot be told apart.
    #[error("two {what}s are named `{name}`")]
    Duplicate {
        /// `node` or `link`.
        what: &'static str,
        /// The name that both have.
        name: String,
    },
    /// A link or route stands at a node that is not in the plan.
    #[error("{at} names the node `{node}`, which is not in the plan")]
    UnknownNode {
        /// The link or route, in words.
        at: String,
        /// The name that nobody has.
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
        /// What was given.
        loss: f64,
    },
    /// An MTU below what the addresses' protocols demand (RFC 791: 68 bytes,
    /// RFC 8200, section 5: 1280 bytes), or above what an interface takes.
    #[error("link `{link}` has an mtu of {mtu}: give {least} to 65535")]
    Mtu {
        /// The link.
        link: String,
        /// What was given.
        mtu: u32,
        /// What must be given at least.
        least: u32,
    },
    /// A name of nothing.
    #[error("a {what} has no name")]
    Nameless {
        /// `node` or `link`.
        what: &'static str,
    },
    /// More links than there are numbers for.
    #[error("the plan has {links} links: at most {most} are possible")]
    TooManyLinks {
        /// How many there are.
        links: usize,
        /// How many there may be.
        most: usize,
    },
}
