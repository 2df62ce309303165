//! The netlink requests that make up a network.

use std::net::IpAddr;
use std::os::fd::{AsFd, AsRawFd};

use ipnet::IpNet;
use netlink_packet_route::address::{
    AddressAttribute, AddressHeader, AddressHeaderFlags, AddressMessage, AddressScope,
};
use netlink_packet_route::link::{
    InfoData, InfoKind, InfoVeth, LinkAttribute, LinkFlags, LinkHeader, LinkInfo, LinkMessage,
};
use netlink_packet_route::neighbour::{
    NeighbourAddress, NeighbourAttribute, NeighbourHeader, NeighbourMessage, NeighbourState,
};
use netlink_packet_route::route::{
    RouteAddress, RouteAttribute, RouteHeader, RouteMessage, RouteProtocol, RouteScope, RouteType,
};
use netlink_packet_route::{AddressFamily, RouteNetlinkMessage};

use super::netlink::Request;
use crate::layout::{LinkLayout, Mac, Port};
use crate::plan::RoutePlan;

/// The index of loopback, in every namespace.
const LOOPBACK: u32 = 1;

/// A cable, asked for in the fabric: its far end stands there, up; its near end
/// in `node`, still down. (A veth's peer cannot be made up: it has no other end
/// yet at that moment.)
///
/// Both ends neither ask for neighbours (`NOARP`) nor join groups (no
/// `MULTICAST`), so that a node sends nothing of its own accord: no ARP, no
/// neighbour or router solicitation, no multicast listener report.
pub(super) fn cable(link: &LinkLayout, port: &Port, node: impl AsFd) -> Request {
    let quiet = LinkHeader {
        flags: LinkFlags::Noarp,
        change_mask: LinkFlags::Noarp | LinkFlags::Multicast,
        ..LinkHeader::default()
    };

    let mut near = LinkMessage::default();
    near.header = LinkHeader {
        index: port.near,
        ..quiet.clone()
    };
    near.attributes = vec![
        LinkAttribute::IfName(port.interface.clone()),
        LinkAttribute::Address(port.mac.0.to_vec()),
        LinkAttribute::Mtu(link.mtu),
        LinkAttribute::NumTxQueues(1),
        LinkAttribute::NumRxQueues(1),
        LinkAttribute::NetNsFd(node.as_fd().as_raw_fd()),
    ];

    let mut far = LinkMessage::default();
    far.header = LinkHeader {
        index: port.far,
        flags: quiet.flags | LinkFlags::Up,
        change_mask: quiet.change_mask | LinkFlags::Up,
        ..quiet
    };
    far.attributes = vec![
        LinkAttribute::IfName(far_name(port)),
        LinkAttribute::Mtu(link.mtu),
        LinkAttribute::NumTxQueues(1),
        LinkAttribute::NumRxQueues(1),
        LinkAttribute::LinkInfo(vec![
            LinkInfo::Kind(InfoKind::Veth),
            LinkInfo::Data(InfoData::Veth(InfoVeth::Peer(near))),
        ]),
    ];
    Request::make(
        format!("make an interface for link `{}`", link.name),
        RouteNetlinkMessage::NewLink(far),
    )
}

/// What the fabric calls the far end of a port's cable.
pub(super) fn far_name(port: &Port) -> String {
    format!("port{}", port.id.0)
}

pub(super) fn loopback_up() -> Request {
    set_up(LOOPBACK, true, "loopback")
}

/// Switches an interface on or off.
pub(super) fn set_up(index: u32, up: bool, name: &str) -> Request {
    let mut message = LinkMessage::default();
    message.header = LinkHeader {
        index,
        flags: if up {
            LinkFlags::Up
        } else {
            LinkFlags::empty()
        },
        change_mask: LinkFlags::Up,
        ..LinkHeader::default()
    };
    Request::change(
        format!("set interface `{name}` {}", if up { "up" } else { "down" }),
        RouteNetlinkMessage::SetLink(message),
    )
}

/// Gives a port's interface an address, in use at once: nobody else can have it,
/// so duplicate address detection (RFC 4862, section 5.4) would only make noise.
pub(super) fn address(port: &Port, address: IpNet) -> Request {
    Request::make(
        format!("give interface `{}` the address {address}", port.interface),
        RouteNetlinkMessage::NewAddress(address_message(port, address)),
    )
}

/// Takes an address from a port's interface.
pub(super) fn no_address(port: &Port, address: IpNet) -> Request {
    Request::change(
        format!(
            "take the address {address} from interface `{}`",
            port.interface
        ),
        RouteNetlinkMessage::DelAddress(address_message(port, address)),
    )
}

fn address_message(port: &Port, address: IpNet) -> AddressMessage {
    let mut message = AddressMessage::default();
    message.header = AddressHeader {
        family: family(address.addr()),
        prefix_len: address.prefix_len(),
        flags: AddressHeaderFlags::Nodad,
        scope: AddressScope::Universe,
        index: port.near,
    };
    message.attributes = vec![
        AddressAttribute::Local(address.addr()),
        AddressAttribute::Address(address.addr()),
    ];
    message
}

/// Tells a port's node who has `address` at the other end, once and for all.
///
/// Were it to find out by itself, a cut would be noticed by ARP or neighbour
/// discovery first: after a few unanswered requests the kernel would call the
/// host unreachable, and SCTP would learn of the failure by another way than
/// its own timers.
///
/// A neighbour that was asked for before it was there has an entry already.
pub(super) fn neighbour(port: &Port, address: IpAddr, mac: Mac) -> Request {
    let mut message = NeighbourMessage::default();
    message.header = NeighbourHeader {
        family: family(address),
        ifindex: port.near,
        state: NeighbourState::Permanent,
        ..NeighbourHeader::default()
    };
    message.attributes = vec![
        NeighbourAttribute::Destination(match address {
            IpAddr::V4(address) => NeighbourAddress::Inet(address),
            IpAddr::V6(address) => NeighbourAddress::Inet6(address),
        }),
        NeighbourAttribute::LinkLayerAddress(mac.0.to_vec()),
    ];
    Request::replace(
        format!("tell interface `{}` of {address}", port.interface),
        RouteNetlinkMessage::NewNeighbour(message),
    )
}

/// Gives a node a route.
pub(super) fn route(route: &RoutePlan) -> Request {
    Request::make(
        format!(
            "give node `{}` a route to {} via {}",
            route.node, route.to, route.via
        ),
        RouteNetlinkMessage::NewRoute(route_message(route)),
    )
}

/// Takes a route from a node.
pub(super) fn no_route(route: &RoutePlan) -> Request {
    Request::change(
        format!(
            "take the route to {} via {} from node `{}`",
            route.to, route.via, route.node
        ),
        RouteNetlinkMessage::DelRoute(route_message(route)),
    )
}

fn route_message(route: &RoutePlan) -> RouteMessage {
    let mut message = RouteMessage::default();
    message.header = RouteHeader {
        address_family: family(route.to.addr()),
        destination_prefix_length: route.to.prefix_len(),
        table: RouteHeader::RT_TABLE_MAIN,
        protocol: RouteProtocol::Static,
        scope: RouteScope::Universe,
        kind: RouteType::Unicast,
        ..RouteHeader::default()
    };
    message.attributes = vec![
        RouteAttribute::Destination(RouteAddress::from(route.to.network())),
        RouteAttribute::Gateway(RouteAddress::from(route.via)),
    ];
    message
}

fn family(address: IpAddr) -> AddressFamily {
    match address {
        IpAddr::V4(_) => AddressFamily::Inet,
        IpAddr::V6(_) => AddressFamily::Inet6,
    }
}
