//! Netlink requests that make up a network.

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
use netlink_packet_route::rule::{RuleAction, RuleAttribute, RuleHeader, RuleMessage};
use netlink_packet_route::{AddressFamily, RouteNetlinkMessage};

use super::netlink::Request;
use crate::layout::{LinkLayout, Mac, Port};
use crate::plan::{PolicyRoutePlan, RoutePlan};

/// Index of the loopback interface in every namespace.
const LOOPBACK: u32 = 1;

/// The request for a cable, sent in the fabric. The far end is in the fabric and up; the
/// near end is in `node` and still down. (A veth's peer cannot be created in the up
/// state, since its other end does not exist yet.)
///
/// Neither end resolves neighbours (`NOARP`) or joins multicast groups (no `MULTICAST`),
/// so that a node sends no frame of its own accord: no ARP, no neighbour or router
/// solicitation, no multicast listener report.
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

/// Name of the far end of a port's cable in the fabric.
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

/// Sets the MTU of a port's interface.
pub(super) fn mtu(port: &Port, mtu: u32) -> Request {
    let mut message = LinkMessage::default();
    message.header.index = port.near;
    message.attributes = vec![LinkAttribute::Mtu(mtu)];
    Request::change(
        format!("give interface `{}` an mtu of {mtu}", port.interface),
        RouteNetlinkMessage::SetLink(message),
    )
}

/// Adds an address to a port's interface. The address is in use at once: it is unique, so
/// duplicate address detection (RFC 4862, section 5.4) would only send useless packets.
pub(super) fn address(port: &Port, address: IpNet) -> Request {
    Request::make(
        format!("give interface `{}` the address {address}", port.interface),
        RouteNetlinkMessage::NewAddress(address_message(port, address)),
    )
}

/// Removes an address from a port's interface.
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

/// Adds a permanent neighbour entry for `address` at the other end of the port's cable.
///
/// Without it, ARP or neighbour discovery would detect a cut first: after a few
/// unanswered requests, the kernel would report the host as unreachable. SCTP would then
/// learn of the failure by other means than its own timers.
///
/// An address that was resolved before it existed already has an entry, so the request
/// replaces entries.
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

/// Adds a route to a node.
pub(super) fn route(route: &RoutePlan) -> Request {
    Request::make(
        format!(
            "give node `{}` a route to {} via {}",
            route.node, route.to, route.via
        ),
        RouteNetlinkMessage::NewRoute(route_message(route)),
    )
}

/// Removes a route from a node.
pub(super) fn no_route(route: &RoutePlan) -> Request {
    Request::change(
        format!(
            "take the route to {} via {} from node `{}`",
            route.to, route.via, route.node
        ),
        RouteNetlinkMessage::DelRoute(route_message(route)),
    )
}

/// Adds the default route of a policy route to a routing table.
pub(super) fn policy_route(route: &PolicyRoutePlan, table: u8) -> Request {
    let mut message = RouteMessage::default();
    message.header = route_header(route.via, table);
    message.attributes = vec![RouteAttribute::Gateway(RouteAddress::from(route.via))];
    Request::make(
        format!(
            "give node `{}` a route via {} for packets from {}",
            route.node, route.via, route.from
        ),
        RouteNetlinkMessage::NewRoute(message),
    )
}

/// Adds the rule that leads packets from a source address to a routing table. Without a
/// priority of its own, a rule precedes all earlier ones except that of local addresses.
pub(super) fn policy(route: &PolicyRoutePlan, table: u8) -> Request {
    let mut message = RuleMessage::default();
    message.header = RuleHeader {
        family: family(route.from),
        src_len: if route.from.is_ipv4() { 32 } else { 128 },
        table,
        action: RuleAction::ToTable,
        ..RuleHeader::default()
    };
    message.attributes = vec![RuleAttribute::Source(route.from)];
    Request::make(
        format!(
            "give node `{}` a rule for packets from {}",
            route.node, route.from
        ),
        RouteNetlinkMessage::NewRule(message),
    )
}

fn route_message(route: &RoutePlan) -> RouteMessage {
    let mut message = RouteMessage::default();
    message.header = RouteHeader {
        destination_prefix_length: route.to.prefix_len(),
        ..route_header(route.to.addr(), RouteHeader::RT_TABLE_MAIN)
    };
    message.attributes = vec![
        RouteAttribute::Destination(RouteAddress::from(route.to.network())),
        RouteAttribute::Gateway(RouteAddress::from(route.via)),
    ];
    message
}

/// The header of a route for the family of this address: in this table, to everywhere.
fn route_header(address: IpAddr, table: u8) -> RouteHeader {
    RouteHeader {
        address_family: family(address),
        table,
        protocol: RouteProtocol::Static,
        scope: RouteScope::Universe,
        kind: RouteType::Unicast,
        ..RouteHeader::default()
    }
}

fn family(address: IpAddr) -> AddressFamily {
    match address {
        IpAddr::V4(_) => AddressFamily::Inet,
        IpAddr::V6(_) => AddressFamily::Inet6,
    }
}
