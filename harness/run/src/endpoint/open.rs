//! Opens the sockets of an endpoint.

use std::collections::BTreeSet;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::rc::Rc;

use scenario::{NotificationKind, SocketOption, Style};
use socket::option::{Event, RecvRcvInfo};
use socket::{AssocId, BindX, Family, Socket};

use super::super::error::RunError;
use super::option_table::event_type;
use super::shared_socket::SharedSocket;
use super::{Endpoint, option_table, reader, timers};

/// The most associations that may wait to be accepted.
const BACKLOG: i32 = 512;

impl Endpoint {
    /// Opens the endpoint's sockets in its node, and starts to read or accept on them.
    pub(crate) fn open(self: &Rc<Self>, network: &net::Network) -> Result<(), RunError> {
        let node = network.node(self.config.node.as_str())?;
        self.follow_paths(node, network)?;
        let config = &self.config;
        let make = |domain, kind, protocol| node.socket(domain, kind, protocol);
        let sockets: io::Result<Vec<Socket>> = (0..config.count)
            .map(|_| Socket::made_by(style(config.style), family(config), make))
            .collect();
        let sockets = sockets.map_err(|error| self.not_open("socket", error))?;
        for (index, socket) in sockets.into_iter().enumerate() {
            let socket = self.prepare(index, socket)?;
            if index == 0 {
                self.report_timers(&socket, AssocId::FUTURE.into());
            }
            self.sockets.borrow_mut().push(Rc::clone(&socket));
            match (config.style, config.listens) {
                (Style::OneToMany, _) => reader::start(self, &socket),
                (Style::OneToOne, true) => reader::start_accepting(self, &socket),
                // Such a socket is read from `connect` on.
                (Style::OneToOne, false) => {}
            }
        }
        Ok(())
    }

    fn prepare(&self, index: usize, socket: Socket) -> Result<Rc<SharedSocket>, RunError> {
        let config = &self.config;
        let fail = |call| move |error| self.not_open(call, error);
        socket
            .set(&RecvRcvInfo(true))
            .map_err(fail("setsockopt SCTP_RECVRCVINFO"))?;
        let set = |option: &SocketOption| {
            option_table::apply(&socket, AssocId::FUTURE, option).map_err(|error| {
                self.note_call("setsockopt", option.word(), Err::<String, _>(&error));
                self.not_open(&format!("setsockopt {}", option.word()), error)
            })
        };
        // Linux accepts `SCTP_AUTO_ASCONF` only on a socket that is bound to the wildcard
        // address, so that option comes after `bind`.
        let (after_bind, before_bind): (Vec<_>, Vec<_>) = config
            .options
            .iter()
            .partition(|it| matches!(it, SocketOption::AutoAsconf(_)));
        before_bind.into_iter().try_for_each(set)?;
        subscribe(&socket, &config.subscribe).map_err(fail("setsockopt SCTP_EVENT"))?;
        timers::set(&socket, config).map_err(fail("setsockopt of the timers"))?;
        let port = self.ports.borrow()[index];
        let addresses: Vec<SocketAddr> = match config.wildcard {
            true => vec![SocketAddr::new(wildcard(config), port)],
            false => {
                let addresses = config.addresses.iter();
                addresses
                    .map(|address| SocketAddr::new(*address, port))
                    .collect()
            }
        };
        let port = bind(&socket, &addresses).map_err(fail("sctp_bindx"))?;
        self.ports.borrow_mut()[index] = port;
        after_bind.into_iter().try_for_each(set)?;
        if config.listens {
            socket.listen(BACKLOG).map_err(fail("listen"))?;
        }
        SharedSocket::of(socket).map_err(fail("epoll_ctl"))
    }

    fn not_open(&self, call: &str, error: io::Error) -> RunError {
        RunError::Endpoint {
            endpoint: self.name(),
            call: call.to_owned(),
            error,
        }
    }
}

fn style(style: Style) -> socket::Style {
    match style {
        Style::OneToOne => socket::Style::OneToOne,
        Style::OneToMany => socket::Style::OneToMany,
    }
}

/// The address family of the sockets: an IPv6 socket takes addresses of both families.
fn family(config: &scenario::Endpoint) -> Family {
    if config.addresses.iter().any(|address| address.is_ipv6()) {
        Family::V6
    } else {
        Family::V4
    }
}

fn wildcard(config: &scenario::Endpoint) -> IpAddr {
    match family(config) {
        Family::V4 => Ipv4Addr::UNSPECIFIED.into(),
        Family::V6 => Ipv6Addr::UNSPECIFIED.into(),
    }
}

/// Subscribes to the notifications that the scenario wants, and to those that the lab needs
/// itself: changes of associations and paths, and messages whose delivery is aborted.
fn subscribe(socket: &Socket, wanted: &BTreeSet<NotificationKind>) -> io::Result<()> {
    let own = [
        NotificationKind::AssocChange,
        NotificationKind::PeerAddrChange,
        NotificationKind::PartialDeliveryEvent,
    ];
    for kind in own.iter().chain(wanted) {
        let event = Event {
            assoc_id: AssocId::FUTURE,
            event: event_type(*kind)?,
            on: true,
        };
        match socket.set(&event) {
            // A kernel that does not know a notification type cannot send it either.
            Err(error) if error.raw_os_error() == Some(nix::libc::EINVAL) => {}
            other => other?,
        }
    }
    Ok(())
}

fn bind(socket: &Socket, addresses: &[SocketAddr]) -> io::Result<u16> {
    let Some((first, rest)) = addresses.split_first() else {
        return Ok(socket.local_addr()?.port());
    };
    socket.bind(*first)?;
    let port = socket.local_addr()?.port();
    if !rest.is_empty() {
        let rest: Vec<SocketAddr> = rest
            .iter()
            .map(|address| SocketAddr::new(address.ip(), port))
            .collect();
        socket.bindx(BindX::Add, &rest)?;
    }
    Ok(port)
}
