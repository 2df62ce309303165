//! The cables' far ends as interfaces.

use std::io;
use std::sync::Arc;

use super::jail::Jail;
use super::node::Node;
use crate::error::NetError;
use crate::layout::{Layout, Port, Unsent};

/// Access to the fabric's own interfaces.
#[derive(Debug)]
pub(crate) struct Wiring {
    pub(super) layout: Arc<Layout>,
    pub(super) fabric: Jail,
    /// Index of the far end, by port.
    pub(super) far: Vec<u16>,
}

impl Wiring {
    /// Switches a port's interface off or on.
    ///
    /// An epair never loses its carrier (`if_epair.c`), so a pulled plug is shown to the
    /// node as its interface going down. The routes through the interface go with it, and
    /// come back with it.
    pub(crate) fn plug(&self, node: &Node, port: &Port, up: bool) -> Result<(), NetError> {
        node.interface(&port.interface)
            .set_up(up)
            .map_err(NetError::kernel(format!(
                "set interface `{}` of node `{}` {}",
                port.interface,
                node.name(),
                if up { "up" } else { "down" }
            )))?;
        if !up {
            return Ok(());
        }
        node.meet_all(&self.layout, port)?;
        let routes = self.layout.nodes[port.node].routes.iter();
        let through = |via| port.addresses.iter().any(|own| own.contains(&via));
        for route in routes.filter(|route| through(route.via)) {
            match node.add_route(route) {
                Err(NetError::Kernel { source, .. })
                    if source.kind() == io::ErrorKind::AlreadyExists => {}
                added => added?,
            }
        }
        Ok(())
    }

    /// Number of frames that were lost in a port's cable, in the directions that are asked
    /// for.
    pub(crate) fn unsent(&self, node: &Node, port: &Port, of: Unsent) -> io::Result<u64> {
        let near = match of.by_node {
            true => {
                let index = node.interface(&port.interface).index()?;
                node.jail.unsent(index.into())?
            }
            false => 0,
        };
        let far = match of.by_fabric {
            true => {
                let far = self.far.get(port.id.0).copied().unwrap_or_default();
                self.fabric.unsent(far.into())?
            }
            false => 0,
        };
        Ok(near + far)
    }
}
