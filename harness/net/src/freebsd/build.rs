//! Builds the network of a layout.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::Arc;

use super::bpf::Bpf;
use super::cables::Cables;
use super::interface::{self, Interface};
use super::jail::Jail;
use super::node::Node;
use super::wiring::Wiring;
use crate::error::NetError;
use crate::layout::{Layout, Port};

/// The parts of a network. The nodes are dropped first: their ends of the cables return
/// to the fabric, which is then dropped with all of them.
pub(crate) struct Built {
    pub(crate) nodes: Vec<Node>,
    pub(crate) wiring: Wiring,
    pub(crate) cables: Cables,
}

/// Builds the network. Every interface is captured before it is up. When this returns,
/// every interface can send and receive.
pub(crate) async fn build(layout: &Arc<Layout>) -> Result<Built, NetError> {
    if let Some(node) = layout.nodes.iter().find(|node| node.hosted) {
        // The kernel of the jail would answer instead of the scripted peer.
        let why = io::Error::from(io::ErrorKind::Unsupported);
        return Err(NetError::kernel(format!(
            "host node `{}` on FreeBSD",
            node.name
        ))(why));
    }
    let fabric = Jail::new("fabric")?;
    let control = furnish(&fabric).map_err(NetError::kernel("open the fabric's socket"))?;
    let nodes = layout.nodes.iter().map(|node| Node::new(&node.name));
    let nodes = nodes.collect::<Result<Vec<_>, _>>()?;

    let (mut far, mut near, mut indexes) = (Vec::new(), Vec::new(), Vec::new());
    for port in &layout.ports {
        let link = &layout.links[port.id.link()];
        let cable = Cable {
            fabric: &fabric,
            control: &control,
            node: &nodes[port.node],
            port,
            mtu: link.mtu,
        };
        let (one, other, index) = cable.lay().map_err(NetError::kernel(format!(
            "make an interface for link `{}`",
            link.name
        )))?;
        far.push(one);
        near.push(other);
        indexes.push(index);
    }
    for (number, node) in nodes.iter().enumerate() {
        plug_in(layout, number, node).await?;
    }
    let cables =
        Cables::new(layout, far, near).map_err(NetError::kernel("watch the fabric for frames"))?;
    Ok(Built {
        nodes,
        wiring: Wiring {
            layout: Arc::clone(layout),
            fabric,
            far: indexes,
        },
        cables,
    })
}

/// The fabric is no host, and must not send packets of its own.
fn furnish(fabric: &Jail) -> std::io::Result<OwnedFd> {
    fabric.set("net.inet6.ip6.auto_linklocal", 0)?;
    fabric.socket(libc::AF_INET, libc::SOCK_DGRAM, 0)
}

/// A cable to be laid: its far end in the fabric, its near end at a node.
struct Cable<'a> {
    fabric: &'a Jail,
    control: &'a OwnedFd,
    node: &'a Node,
    port: &'a Port,
    mtu: u32,
}

impl Cable<'_> {
    fn lay(&self) -> std::io::Result<(Bpf, Bpf, u16)> {
        let [far_name, near_name] = interface::make_pair(self.control.as_fd())?;
        let far = Interface {
            control: self.control.as_fd(),
            name: &far_name,
        };
        let returning = Interface {
            name: &near_name,
            ..far
        };
        returning.move_to(self.node.jail.id())?;
        self.node
            .interface(&near_name)
            .rename(&self.port.interface)?;
        let near = self.node.interface(&self.port.interface);
        near.set_mac(self.port.mac)?;
        for end in [far, near] {
            end.set_plain()?;
            end.set_mtu(self.mtu)?;
        }
        let seen = (
            Bpf::of(self.fabric.bpf(&far_name)?)?,
            Bpf::of(self.node.jail.bpf(&self.port.interface)?)?,
            far.index()?,
        );
        far.set_up(true)?;
        Ok(seen)
    }
}

/// Brings up a node's interfaces, with addresses, routes and neighbours.
async fn plug_in(layout: &Layout, number: usize, node: &Node) -> Result<(), NetError> {
    let itself = &layout.nodes[number];
    if itself.forwarding {
        node.forward()?;
    }
    for port in layout.ports_of(number) {
        let interface = node.interface(&port.interface);
        interface.set_up(true).map_err(NetError::kernel(format!(
            "bring up interface `{}` of node `{}`",
            port.interface, itself.name
        )))?;
        for own in &port.addresses {
            node.add_address(port, *own).await?;
        }
        node.meet_all(layout, port)?;
    }
    node.set(&itself.sysctls)?;
    itself
        .routes
        .iter()
        .try_for_each(|route| node.add_route(route))
}
