//! Waits until a node's IPv6 addresses are in use.

use std::collections::BTreeSet;
use std::io;
use std::net::Ipv6Addr;

use netlink_packet_core::{NetlinkMessage, NetlinkPayload};
use netlink_packet_route::RouteNetlinkMessage;
use netlink_packet_route::route::{RouteAddress, RouteAttribute, RouteMessage, RouteType};
use netlink_sys::{Socket, protocols::NETLINK_ROUTE};
use tokio::io::unix::AsyncFd;

use crate::error::NetError;
use crate::watch::{OwnsDescriptor, watch};

/// `RTNLGRP_IPV6_ROUTE` (`linux/rtnetlink.h`).
const IPV6_ROUTES: u32 = 11;
/// Far longer than a message about one route.
const LONGEST_NEWS: usize = 8192;

/// Receives messages about a namespace's new IPv6 routes.
///
/// The kernel acknowledges a new IPv6 address at once, but accepts packets for it only
/// later: even without duplicate address detection, a kernel worker adds the address's
/// route. The message about that route shows that the address is in use.
#[derive(Debug)]
pub(super) struct NewAddresses(AsyncFd<Socket>);

impl OwnsDescriptor for Socket {}

impl NewAddresses {
    /// Listens in the namespace of the calling thread, from now on.
    pub(super) fn listen() -> Result<Self, NetError> {
        let open = || {
            let mut socket = Socket::new(NETLINK_ROUTE)?;
            socket.bind_auto()?;
            socket.add_membership(IPV6_ROUTES)?;
            socket.set_non_blocking(true)?;
            watch(socket)
        };
        open()
            .map(Self)
            .map_err(NetError::kernel("listen for new addresses"))
    }

    /// Waits until packets for all of `addresses` are accepted. Each address was added
    /// after the last call.
    pub(super) async fn of(&self, mut addresses: BTreeSet<Ipv6Addr>) -> Result<(), NetError> {
        while !addresses.is_empty() {
            let news = self
                .next()
                .await
                .map_err(NetError::kernel("hear of new addresses"))?;
            if let Some(address) = taken(&news) {
                addresses.remove(&address);
            }
        }
        Ok(())
    }

    async fn next(&self) -> io::Result<Vec<u8>> {
        loop {
            let mut ready = self.0.readable().await?;
            let mut news = Vec::with_capacity(LONGEST_NEWS);
            match ready.try_io(|socket| socket.get_ref().recv(&mut news, 0)) {
                Ok(received) => return received.map(|_| news),
                Err(_would_block) => {}
            }
        }
    }
}

/// The address for which packets are accepted from now on, if the message is about its
/// route.
fn taken(news: &[u8]) -> Option<Ipv6Addr> {
    let message = NetlinkMessage::<RouteNetlinkMessage>::deserialize(news).ok()?;
    let NetlinkPayload::InnerMessage(RouteNetlinkMessage::NewRoute(route)) = message.payload else {
        return None;
    };
    destination(&route).filter(|_| route.header.kind == RouteType::Local)
}

fn destination(route: &RouteMessage) -> Option<Ipv6Addr> {
    route
        .attributes
        .iter()
        .find_map(|attribute| match attribute {
            RouteAttribute::Destination(RouteAddress::Inet6(address)) => Some(*address),
            _ => None,
        })
}
