//! The network of a checked scenario: nodes, routes, links and their shapes.

use std::net::IpAddr;
use std::time::Duration;

use ipnet::IpNet;

use super::{LinkName, NodeName};

/// One host.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Its name.
    pub name: NodeName,
    /// Whether it forwards packets between its links.
    pub router: bool,
    /// Routes besides those to its own links.
    pub routes: Vec<Route>,
    /// Kernel settings of its own namespace, in order.
    pub sysctls: Vec<Sysctl>,
}

/// A kernel setting of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sysctl {
    /// Its name in full: `net.sctp.auth_enable`.
    pub name: &'static str,
    /// Its value.
    pub value: u32,
}

/// A route of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Destination network.
    pub to: IpNet,
    /// The neighbour that forwards the packets.
    pub via: IpAddr,
}

/// A cable between two nodes.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Its name, which is also the name of the interface at both ends.
    pub name: LinkName,
    /// The two ends, in the order in which the scenario lists them.
    pub ends: [LinkEnd; 2],
    /// The shape of each direction: `shape[0]` from `ends[0]` to `ends[1]`, `shape[1]` in
    /// the opposite direction.
    pub shape: [Shape; 2],
    /// The largest IP packet in bytes.
    pub mtu: u32,
}

/// The MTU of a link that states none: that of Ethernet (RFC 894).
pub const ETHERNET_MTU: u32 = 1500;

/// One end of a link.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkEnd {
    /// The node at this end.
    pub node: NodeName,
    /// The addresses of its interface, in order, each with its prefix.
    pub addresses: Vec<IpNet>,
}

/// Effects of a link on frames in one direction. The default is a perfect cable.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shape {
    /// Delay of every frame.
    pub delay: Duration,
    /// Greatest deviation from the delay, uniformly distributed.
    pub jitter: Duration,
    /// Frames lost at random, in percent, 0 to 100.
    pub loss: f64,
    /// Bits a second; `None` is unlimited.
    pub rate: Option<u64>,
}

impl Link {
    /// Index of `node`'s end in `ends`.
    #[must_use]
    pub fn end_of(&self, node: &NodeName) -> Option<usize> {
        self.ends.iter().position(|end| &end.node == node)
    }

    /// Whether `address` is one of the addresses of either end.
    #[must_use]
    pub fn has_address(&self, address: IpAddr) -> bool {
        self.ends
            .iter()
            .flat_map(|end| &end.addresses)
            .any(|net| net.addr() == address)
    }
}
