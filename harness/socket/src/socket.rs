//! The socket: nonblocking, and without a runtime.

use std::io;
use std::net::SocketAddr;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};
use std::sync::atomic::{AtomicBool, Ordering};

use socket2::{Domain, Protocol, SockAddr, SockRef, Type};

use crate::notification::Notification;
use crate::option::{ReadOption, WriteOption};
use crate::received::Arrival;
use crate::sys::address;
use crate::sys::{self, call, multihoming, sockaddr_storage};
use crate::{AssocId, Message, Received};

/// The two styles of RFC 6458.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// One socket, one association, as with TCP: `SOCK_STREAM` (section 4).
    OneToOne,
    /// One socket, any number of associations: `SOCK_SEQPACKET` (section 3).
    OneToMany,
}

/// The address family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// IPv4 addresses only.
    V4,
    /// IPv6 addresses, and IPv4 ones too unless
    /// [`Ipv6Only`](crate::option::Ipv6Only) is on.
    V6,
}

/// The half of an association to shut down. SCTP has no half-closed state:
/// [`Write`](Shutdown::Write) starts SHUTDOWN for both directions (RFC 6458 section
/// 4.1.7).
pub use std::net::Shutdown;

/// Whether [`Socket::bindx`] adds addresses or removes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BindX {
    /// `SCTP_BINDX_ADD_ADDR`.
    Add,
    /// `SCTP_BINDX_REM_ADDR`.
    Remove,
}

/// An SCTP socket. It is nonblocking, closed on exec, and closed when dropped.
///
/// The socket belongs to the network namespace of the thread that made it, wherever it is
/// used later. Calls that would block fail with
/// [`WouldBlock`](io::ErrorKind::WouldBlock); [`into_async`](Self::into_async) gives a
/// socket that waits.
#[derive(Debug)]
pub struct Socket {
    inner: socket2::Socket,
    style: Style,
    /// Whether the last receive ended within a notification. In that case the next bytes
    /// continue the notification, whatever they look like.
    within_notification: AtomicBool,
}

impl Socket {
    /// Makes a socket in the namespace of the calling thread.
    ///
    /// # Errors
    /// `EPROTONOSUPPORT` or `ESOCKTNOSUPPORT` where the kernel has no SCTP.
    pub fn new(style: Style, family: Family) -> io::Result<Self> {
        Self::made_by(style, family, |domain, kind, protocol| {
            socket2::Socket::new(domain.into(), kind.into(), Some(protocol.into()))
                .map(OwnedFd::from)
        })
    }

    /// Makes a socket by the function `make`, which takes a domain, a type and a protocol
    /// like socket(2). The function may make the socket in another namespace, or in a
    /// jail.
    ///
    /// # Errors
    /// Those of `make`, and of fcntl(2).
    pub fn made_by(
        style: Style,
        family: Family,
        make: impl FnOnce(i32, i32, i32) -> io::Result<OwnedFd>,
    ) -> io::Result<Self> {
        let domain = match family {
            Family::V4 => Domain::IPV4,
            Family::V6 => Domain::IPV6,
        };
        let kind = match style {
            Style::OneToOne => Type::STREAM,
            Style::OneToMany => Type::SEQPACKET,
        };
        let made = make(domain.into(), kind.into(), Protocol::SCTP.into())?;
        let inner = socket2::Socket::from(made);
        inner.set_cloexec(true)?;
        inner.set_nonblocking(true)?;
        Ok(Self::wrap(inner, style))
    }

    /// Takes a socket that somebody else has made, and leaves it as it is: it may wait,
    /// where its maker wants that.
    ///
    /// # Errors
    /// `InvalidInput` where it is no SCTP socket; those of getsockopt(2).
    pub fn from_descriptor(descriptor: OwnedFd) -> io::Result<Self> {
        let inner = socket2::Socket::from(descriptor);
        if inner.protocol()? != Some(Protocol::SCTP) {
            return Err(invalid("it is no SCTP socket"));
        }
        let style = match inner.r#type()? {
            Type::STREAM => Style::OneToOne,
            _ => Style::OneToMany,
        };
        Ok(Self::wrap(inner, style))
    }

    /// Registers the socket with the current tokio runtime.
    ///
    /// # Errors
    /// Those of the reactor.
    ///
    /// # Panics
    /// Outside a tokio runtime with I/O enabled.
    #[cfg(feature = "tokio")]
    pub fn into_async(self) -> io::Result<crate::AsyncSocket> {
        crate::AsyncSocket::new(self)
    }

    /// The style with which the socket was made. A peeled-off or accepted socket is
    /// one-to-one.
    pub fn style(&self) -> Style {
        self.style
    }

    /// Binds the socket to one address (RFC 6458 sections 3.1.2, 4.1.2). The wildcard
    /// address means every address of the host; port 0 lets the kernel choose the port.
    pub fn bind(&self, address: SocketAddr) -> io::Result<()> {
        self.inner.bind(&SockAddr::from(address))
    }

    /// Adds or removes addresses (`sctp_bindx`, RFC 6458 section 9.1). All addresses must
    /// have the same port. On an unbound socket, the first call binds the socket.
    ///
    /// If an association is up, ASCONF tells the peer, where the system allows ASCONF
    /// (`net.sctp.addip_enable`). Otherwise only later associations are affected.
    pub fn bindx(&self, operation: BindX, addresses: &[SocketAddr]) -> io::Result<()> {
        let packed = packed(addresses)?;
        match operation {
            BindX::Add => multihoming::bindx_add(self.as_fd(), &packed),
            BindX::Remove => multihoming::bindx_remove(self.as_fd(), &packed),
        }
    }

    /// Accepts associations. On a one-to-one socket, up to `backlog` associations wait
    /// for [`accept`](Self::accept). On a one-to-many socket, associations need no
    /// accepting.
    pub fn listen(&self, backlog: i32) -> io::Result<()> {
        self.inner.listen(backlog)
    }

    /// Takes an association from the backlog (RFC 6458 section 4.1.4).
    ///
    /// # Errors
    /// `EOPNOTSUPP` on a one-to-many socket.
    pub fn accept(&self) -> io::Result<(Self, SocketAddr)> {
        let (inner, peer) = self.inner.accept()?;
        inner.set_nonblocking(true)?;
        Ok((Self::wrap(inner, Style::OneToOne), internet(&peer)?))
    }

    /// Starts setting up an association with this address (RFC 6458 sections 3.1.6,
    /// 4.1.5). Success means that INIT was sent. The result of the set-up is reported by
    /// `SCTP_ASSOC_CHANGE`, and on a one-to-one socket also by writability and
    /// [`take_error`](Self::take_error).
    pub fn connect(&self, address: SocketAddr) -> io::Result<()> {
        match self.inner.connect(&SockAddr::from(address)) {
            Err(error) if error.raw_os_error() == Some(libc::EINPROGRESS) => Ok(()),
            other => other,
        }
    }

    /// Starts setting up an association with the peer that has all these addresses, and
    /// returns its identifier (`sctp_connectx`, RFC 6458 section 9.9). INIT goes to the
    /// first address and, if it is not answered, to the next. Success means the same as
    /// for [`connect`](Self::connect).
    pub fn connectx(&self, addresses: &[SocketAddr]) -> io::Result<AssocId> {
        let packed = packed(addresses)?;
        multihoming::connectx(self.as_fd(), &packed, addresses.len()).map(AssocId::from_raw)
    }

    /// Moves an association of a one-to-many socket, with its undelivered messages, to a
    /// new one-to-one socket (`sctp_peeloff`, RFC 6458 section 9.2). No packet is sent.
    pub fn peeloff(&self, assoc_id: AssocId) -> io::Result<Self> {
        let fd: OwnedFd = multihoming::peeloff(self.as_fd(), assoc_id.to_raw())?;
        Ok(Self::wrap(fd.into(), Style::OneToOne))
    }

    /// The peer's addresses (`sctp_getpaddrs`, RFC 6458 section 9.3). One-to-one sockets
    /// ignore the identifier.
    pub fn getpaddrs(&self, assoc_id: AssocId) -> io::Result<Vec<SocketAddr>> {
        multihoming::peer_addresses(self.as_fd(), assoc_id.to_raw())
            .map(|packed| address::decode_list(&packed))
    }

    /// The association's own addresses (`sctp_getladdrs`, RFC 6458 section 9.5). With
    /// [`AssocId::FUTURE`], the addresses to which the socket is bound.
    pub fn getladdrs(&self, assoc_id: AssocId) -> io::Result<Vec<SocketAddr>> {
        multihoming::local_addresses(self.as_fd(), assoc_id.to_raw())
            .map(|packed| address::decode_list(&packed))
    }

    /// One of the addresses to which the socket is bound, and the port.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        internet(&self.inner.local_addr()?)
    }

    /// One of the peer's addresses, on a one-to-one socket. Linux gives the last address
    /// that [`connectx`](Self::connectx) was called with. The primary address is in
    /// [`Status`](crate::option::Status).
    ///
    /// # Errors
    /// `ENOTCONN` until the association is up.
    pub fn peer_addr(&self) -> io::Result<SocketAddr> {
        internet(&self.inner.peer_addr()?)
    }

    /// Takes the error that ended a set-up or an association (`SO_ERROR`).
    pub fn take_error(&self) -> io::Result<Option<io::Error>> {
        self.inner.take_error()
    }

    /// Ends the association of a one-to-one socket gracefully. The peer reads the
    /// remaining messages and then [`Received::Eof`]. This side can continue to read. On
    /// Linux, only `SCTP_ASSOC_CHANGE` reports the end to this side, not `Eof`.
    pub fn shutdown(&self, how: Shutdown) -> io::Result<()> {
        self.inner.shutdown(how)
    }

    /// Sends one message and returns its length.
    ///
    /// # Errors
    /// `WouldBlock` if the send buffer is full; `EMSGSIZE` for a message larger than the
    /// send buffer; `EPIPE` or `ESHUTDOWN` after the association ended; `EINVAL` for a
    /// stream that the association does not have.
    pub fn send(&self, message: &Message<'_>) -> io::Result<usize> {
        let to = message.to.map(address::encode).unwrap_or_default();
        let control = message.control();
        call::sendmsg(
            self.as_fd(),
            &to,
            &message.payload,
            control.as_bytes(),
            sys::MSG_NOSIGNAL,
        )
    }

    /// Receives the next message or notification, or as much of it as `buffer` holds. The
    /// next calls return the rest.
    ///
    /// # Errors
    /// `WouldBlock` if nothing has arrived; on a one-to-one socket also the error that
    /// ended the association: `ECONNRESET`, `ECONNREFUSED`, `ETIMEDOUT`. `InvalidInput`
    /// for an empty buffer.
    pub fn recv(&self, buffer: &mut [u8]) -> io::Result<Received> {
        if buffer.is_empty() {
            return Err(invalid("cannot receive into an empty buffer"));
        }
        let mut from = [0; size_of::<sockaddr_storage>()];
        let mut control = [0; 512];
        let arrived = call::recvmsg(self.as_fd(), buffer, &mut from, &mut control)?;
        let bytes = &buffer[..arrived.length];
        let end_of_record = arrived.flags & sys::MSG_EOR != 0;

        if arrived.flags & sys::MSG_NOTIFICATION != 0 {
            let continued = self
                .within_notification
                .swap(!end_of_record, Ordering::Relaxed);
            return Ok(if continued || !end_of_record {
                Received::NotificationPiece {
                    length: arrived.length,
                    end_of_record,
                }
            } else {
                Received::Notification(Notification::decode(bytes))
            });
        }
        // A DATA chunk always has user data (RFC 9260 section 3.3.1), so a receive of 0
        // bytes is the end, not an empty message.
        if arrived.length == 0 {
            return Ok(Received::Eof);
        }
        Ok(Received::Message(Arrival::new(
            arrived.length,
            address::decode(&from[..arrived.address]).map(|(address, _)| address),
            arrived.flags,
            &control[..arrived.control],
        )))
    }

    /// Reads an option. Its object depends on the option: `()` for the socket, an
    /// [`AssocId`], a [`Path`](crate::option::Path).
    ///
    /// ```no_run
    /// # fn main() -> std::io::Result<()> {
    /// # let socket = sctp_socket::Socket::new(sctp_socket::Style::OneToMany, sctp_socket::Family::V4)?;
    /// use sctp_socket::{AssocId, option::RtoInfo};
    ///
    /// let rto: RtoInfo = socket.get(AssocId::FUTURE)?;
    /// socket.set(&RtoInfo { min: std::time::Duration::from_millis(500), ..rto })?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// `ENOPROTOOPT` if this system or kernel has no such option; `EINVAL` for an unknown
    /// association or address.
    pub fn get<O: ReadOption>(&self, of: O::Of) -> io::Result<O> {
        O::read(self, of)
    }

    /// Writes an option.
    ///
    /// # Errors
    /// As for [`get`](Self::get); also `EINVAL` for a value out of range.
    pub fn set<O: WriteOption>(&self, option: &O) -> io::Result<()> {
        option.write(self)
    }

    pub(crate) fn socket2(&self) -> SockRef<'_> {
        SockRef::from(&self.inner)
    }

    fn wrap(inner: socket2::Socket, style: Style) -> Self {
        Self {
            inner,
            style,
            within_notification: AtomicBool::new(false),
        }
    }
}

impl AsFd for Socket {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.inner.as_fd()
    }
}

impl AsRawFd for Socket {
    fn as_raw_fd(&self) -> RawFd {
        self.inner.as_raw_fd()
    }
}

fn packed(addresses: &[SocketAddr]) -> io::Result<Vec<u8>> {
    if addresses.is_empty() {
        return Err(invalid("the list of addresses is empty"));
    }
    Ok(address::encode_list(addresses))
}

fn internet(address: &SockAddr) -> io::Result<SocketAddr> {
    address.as_socket().ok_or_else(|| {
        io::Error::new(
            io::ErrorKind::InvalidData,
            "the address is not an IP address",
        )
    })
}

fn invalid(reason: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, reason)
}
