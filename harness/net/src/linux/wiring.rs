//! The cables' far ends as interfaces.

use std::io;

use super::ethtool::Ethtool;
use super::message;
use super::netlink::Netlink;
use super::node::Node;
use crate::error::NetError;
use crate::layout::{Port, Unsent};

/// Access to the fabric's own interfaces.
#[derive(Debug)]
pub(crate) struct Wiring {
    pub(super) netlink: Netlink,
    pub(super) ethtool: Ethtool,
}

impl Wiring {
    /// Gives or takes a port's carrier: an interface has a carrier while the far end of
    /// its cable is up.
    pub(crate) fn plug(&self, node: &Node, port: &Port, up: bool) -> Result<(), NetError> {
        let far = message::far_name(port);
        self.netlink
            .request(&[message::set_up(port.far, up, &far)])?;
        // The request makes the kernels of both ends process the change at once.
        self.ethtool.carrier(&far)?;
        node.ethtool.carrier(&port.interface)?;
        Ok(())
    }

    /// Number of frames that were lost in a port's cable, in the directions that are asked
    /// for.
    pub(crate) fn unsent(&self, node: &Node, port: &Port, of: Unsent) -> io::Result<u64> {
        let near = match of.by_node {
            true => node.netlink.unsent(port.near)?,
            false => 0,
        };
        let far = match of.by_fabric {
            true => self.netlink.unsent(port.far)?,
            false => 0,
        };
        Ok(near + far)
    }
}
