//! The cables' far ends as interfaces.

use std::io;
use std::sync::Arc;

use super::jail::Jail;
use super::node::Node;
use crate::error::NetError;
use crate::layout::{Layout, Port};

/// The way to the fabric's own interfaces.
#[derive(Debug)]
pub(crate) struct Wiring {
    pub(super) layout: Arc<Layout>,
    pub(super) fabric: Jail,
    /// By port, the far end's index.
    pub(super) far: Vec<u16>,
}

impl Wiring {
    /// Switches a port's interface off or on.
    ///
    /// An epair has its carrier as long as it lives (`if_epair.c`), so what a
    /// node sees when its plug is pulled is its interface going down. That
    /// takes the routes through it along; they come back with it.
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

    /// How many frames got lost in a port's cable: on the way out of the
    /// fabric, and if it was `whole` all the time, on the way in.
    pub(crate) fn unsent(&self, node: &Node, port: &Port, whole: bool) -> io::Result<u64> {
        let near = if whole {
            let index = node.interface(&port.interface).index()?;
            node.jail.unsent(index.into())?
        } else {
            0
        };
        let far = self.far.get(port.id.0).copied().unwrap_or_default();
        Ok(near + self.fabric.unsent(far.into())?)
    }
}
