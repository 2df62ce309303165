use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io;
use std::net::SocketAddr;
use std::rc::Rc;

use scenario::{NotificationKind, Style};
use socket::option::{Event, EventType, RecvRcvInfo};
use socket::{AssocId, BindX, Family, Socket};

use super::super::error::RunError;
use super::super::journal::Journal;
use super::{AddressBook, Associations, Endpoint, reader, timers};

/// Opens an endpoint inside its node and starts to listen to it.
pub(crate) fn open(
    config: &scenario::Endpoint,
    network: &net::Network,
    journal: &Rc<Journal>,
) -> Result<Rc<Endpoint>, RunError> {
    let node = network.node(config.node.as_str())?;
    let fail = |call| {
        let endpoint = config.name.to_string();
        move |error| RunError::Endpoint {
            endpoint,
            call,
            error,
        }
    };
    let socket = node
        .enter(|| Socket::new(style(config.style), family(config)))?
        .map_err(fail("socket"))?;
    subscribe(&socket, &config.subscribe).map_err(fail("setsockopt SCTP_EVENT"))?;
    timers::set(&socket, config).map_err(fail("setsockopt of the timers"))?;
    let addresses: Vec<SocketAddr> = config
        .addresses
        .iter()
        .map(|address| SocketAddr::new(*address, config.port.unwrap_or(0)))
        .collect();
    let port = bind(&socket, &addresses).map_err(fail("sctp_bindx"))?;
    if config.listens {
        socket.listen(128).map_err(fail("listen"))?;
    }
    let endpoint = Rc::new(Endpoint {
        config: config.clone(),
        socket: Rc::new(socket.into_async().map_err(fail("epoll_ctl"))?),
        port,
        journal: Rc::clone(journal),
        associations: RefCell::new(Associations::default()),
        book: RefCell::new(Rc::new(AddressBook::new())),
    });
    endpoint.report_timers(&endpoint.socket, AssocId::FUTURE);
    // A one-to-one socket that does not listen has nothing to hear yet.
    if config.listens || config.style == Style::OneToMany {
        reader::start(&endpoint);
    }
    Ok(endpoint)
}

fn style(style: Style) -> socket::Style {
    match style {
        Style::OneToOne => socket::Style::OneToOne,
        Style::OneToMany => socket::Style::OneToMany,
    }
}

/// A socket of IPv6 takes addresses of both families.
fn family(config: &scenario::Endpoint) -> Family {
    if config.addresses.iter().any(|address| address.is_ipv6()) {
        Family::V6
    } else {
        Family::V4
    }
}

/// Asks for what the scenario wants to hear, and for what the lab itself
/// lives by: how associations and paths are.
fn subscribe(socket: &Socket, wanted: &BTreeSet<NotificationKind>) -> io::Result<()> {
    let own = [
        NotificationKind::AssocChange,
        NotificationKind::PeerAddrChange,
    ];
    for kind in own.iter().chain(wanted) {
        let event = Event {
            assoc_id: AssocId::FUTURE,
            event: event_type(*kind),
            on: true,
        };
        match socket.set(&event) {
            // A kernel that does not know one of them cannot send it.
            Err(error) if error.raw_os_error() == Some(nix::libc::EINVAL) => {}
            other => other?,
        }
    }
    socket.set(&RecvRcvInfo(true))
}

fn event_type(kind: NotificationKind) -> EventType {
    match kind {
        NotificationKind::AssocChange => EventType::AssocChange,
        NotificationKind::PeerAddrChange => EventType::PeerAddrChange,
        NotificationKind::RemoteError => EventType::RemoteError,
        NotificationKind::ShutdownEvent => EventType::ShutdownEvent,
        NotificationKind::PartialDeliveryEvent => EventType::PartialDeliveryEvent,
        NotificationKind::AdaptationIndication => EventType::AdaptationIndication,
        NotificationKind::AuthenticationEvent => EventType::AuthenticationEvent,
        NotificationKind::SenderDryEvent => EventType::SenderDryEvent,
        NotificationKind::StreamResetEvent => EventType::StreamResetEvent,
        NotificationKind::AssocResetEvent => EventType::AssocResetEvent,
        NotificationKind::StreamChangeEvent => EventType::StreamChangeEvent,
        NotificationKind::SendFailedEvent => EventType::SendFailedEvent,
    }
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
