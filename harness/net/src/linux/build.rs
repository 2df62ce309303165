//! Builds the network of a layout.

use std::collections::BTreeSet;
use std::io;
use std::net::Ipv6Addr;

use ipnet::IpNet;

use super::cables::Cables;
use super::ethtool::{Ethtool, Offloads};
use super::message;
use super::namespace::Namespace;
use super::netem;
use super::netlink::Netlink;
use super::node::Node;
use super::packet_socket::PacketSocket;
use super::sysctl;
use super::wiring::Wiring;
use crate::error::NetError;
use crate::layout::Layout;

/// The parts of a network. `cables` keeps the namespace of the fabric.
pub(crate) struct Built {
    pub(crate) nodes: Vec<Node>,
    pub(crate) wiring: Wiring,
    pub(crate) cables: Cables,
}

/// Builds the network. Every interface is captured before it is up. When this returns,
/// every interface can send and receive.
pub(crate) async fn build(layout: &Layout) -> Result<Built, NetError> {
    let (_, (netlink, ethtool, socket)) = Namespace::new(furnish_fabric)?;
    let mut nodes = Vec::new();
    let mut taps = Vec::new();
    for node in &layout.nodes {
        let (node, tap) = Node::new(&node.name, node.hosted)?;
        nodes.push(node);
        taps.push(tap);
    }

    lay_cables(layout, &netlink, &nodes)?;
    shape(layout, &netlink)?;
    if let Some(first) = layout.ports.first() {
        let offloads = ethtool.offloads(&message::far_name(first))?;
        for (number, node) in nodes.iter().enumerate() {
            plug_in(layout, number, node, &offloads).await?;
        }
        for port in &layout.ports {
            let far = message::far_name(port);
            ethtool.switch_off(&offloads, &far)?;
            await_carrier(&ethtool, &far)?;
        }
    }
    Ok(Built {
        nodes,
        wiring: Wiring { netlink, ethtool },
        cables: Cables::new(layout, socket, taps),
    })
}

fn furnish_fabric() -> Result<(Netlink, Ethtool, PacketSocket), NetError> {
    // The fabric is no host, and must not send packets of its own.
    sysctl::set("ipv6/conf/default/disable_ipv6", "1")?;
    let socket = PacketSocket::open().map_err(NetError::kernel("open the fabric's socket"))?;
    Ok((Netlink::open()?, Ethtool::open()?, socket))
}

fn lay_cables(layout: &Layout, netlink: &Netlink, nodes: &[Node]) -> Result<(), NetError> {
    let cables: Vec<_> = layout
        .ports
        .iter()
        .map(|port| {
            let link = &layout.links[port.id.link()];
            message::cable(link, port, nodes[port.node].namespace())
        })
        .collect();
    netlink.request(&cables)
}

fn shape(layout: &Layout, netlink: &Netlink) -> Result<(), NetError> {
    for port in &layout.ports {
        let link = &layout.links[port.id.link()];
        let Some(shape) = netem::shape(port, &link.name, link.mtu, layout.seed) else {
            continue;
        };
        netlink.request(&[shape]).map_err(|error| match error {
            // The kernel has no netem and cannot load it.
            NetError::Kernel { source, .. } if source.kind() == io::ErrorKind::NotFound => {
                NetError::NoShaping {
                    link: link.name.clone(),
                    source,
                }
            }
            other => other,
        })?;
    }
    Ok(())
}

/// Brings up a node's interfaces, with addresses, routes and neighbours.
async fn plug_in(
    layout: &Layout,
    number: usize,
    node: &Node,
    offloads: &Offloads,
) -> Result<(), NetError> {
    let itself = &layout.nodes[number];
    for port in layout.ports_of(number) {
        // The kernel of a hosted node gets no address, so it answers nothing.
        let own: &[IpNet] = if itself.hosted { &[] } else { &port.addresses };
        node.ethtool.switch_off(offloads, &port.interface)?;
        let other = layout.port(port.id.opposite());
        let mut requests = vec![message::set_up(port.near, true, &port.interface)];
        requests.extend(own.iter().map(|own| message::address(port, *own)));
        if !itself.hosted {
            requests.extend(
                other
                    .addresses
                    .iter()
                    .map(|theirs| message::neighbour(port, theirs.addr(), other.mac)),
            );
        }
        node.netlink.request(&requests)?;
        await_carrier(&node.ethtool, &port.interface)?;
        node.new_addresses.of(ipv6_addresses(own)).await?;
    }
    node.set(&itself.sysctls)?;
    if itself.forwarding {
        node.forward()?;
    }
    if itself.hosted {
        return Ok(());
    }
    let routes: Vec<_> = itself.routes.iter().map(message::route).collect();
    node.netlink.request(&routes)
}

fn ipv6_addresses(addresses: &[IpNet]) -> BTreeSet<Ipv6Addr> {
    addresses
        .iter()
        .filter_map(|address| match address {
            IpNet::V6(address) => Some(address.addr()),
            IpNet::V4(_) => None,
        })
        .collect()
}

/// Fails if the interface has no carrier. Both ends of its cable are up, so the question
/// for the carrier is all that the kernel needs to notice it.
fn await_carrier(ethtool: &Ethtool, interface: &str) -> Result<(), NetError> {
    if ethtool.carrier(interface)? {
        return Ok(());
    }
    Err(NetError::kernel(format!(
        "bring up interface `{interface}`"
    ))(io::Error::from(io::ErrorKind::NotConnected)))
}
