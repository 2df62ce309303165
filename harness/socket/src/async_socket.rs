//! The asynchronous socket, driven by tokio.

use std::io;
use std::net::SocketAddr;
use std::ops::Deref;

use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

use crate::sys::reactor;
use crate::{AssocId, Message, Received, Socket, Style};

// The end of an association may be reported as an error only. The kernel then reports the
// socket neither readable nor writable, or only one of the two because of a notification.
const INCOMING: Interest = Interest::READABLE.add(Interest::ERROR);
const OUTGOING: Interest = Interest::WRITABLE.add(Interest::ERROR);

/// An SCTP socket driven by tokio.
///
/// The methods that never wait are those of [`Socket`], to which this type dereferences.
/// The methods that wait take `&self`, so one task can receive while another sends. The
/// future of each can be dropped before it is done, and nothing is lost.
#[derive(Debug)]
pub struct AsyncSocket(AsyncFd<Socket>);

impl AsyncSocket {
    /// Registers the socket with the current runtime.
    ///
    /// # Errors
    /// An error of the reactor.
    ///
    /// # Panics
    /// Outside a tokio runtime with I/O enabled.
    pub fn new(socket: Socket) -> io::Result<Self> {
        reactor::register(socket).map(Self)
    }

    /// The socket, removed from the runtime.
    pub fn into_inner(self) -> Socket {
        self.0.into_inner()
    }

    /// Waits for an association on a listening one-to-one socket.
    ///
    /// # Errors
    /// `EOPNOTSUPP` on a one-to-many socket.
    pub async fn accept(&self) -> io::Result<(Self, SocketAddr)> {
        // A socket that cannot accept never becomes readable, so the call is tried first.
        let (socket, peer) = match Socket::accept(self) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                self.0.async_io(INCOMING, Socket::accept).await?
            }
            at_once => at_once?,
        };
        Ok((Self::new(socket)?, peer))
    }

    /// Sets an association up. On a one-to-one socket, this waits until the association
    /// is up. On a one-to-many socket, it returns once INIT is sent, and
    /// `SCTP_ASSOC_CHANGE` reports the result.
    ///
    /// # Errors
    /// `ECONNREFUSED` after an ABORT, `ETIMEDOUT` after the last INIT.
    pub async fn connect(&self, address: SocketAddr) -> io::Result<()> {
        Socket::connect(self, address)?;
        self.established().await
    }

    /// Sets an association up with the peer that has all these addresses, and returns its
    /// identifier. Waits as [`connect`](Self::connect) does.
    pub async fn connectx(&self, addresses: &[SocketAddr]) -> io::Result<AssocId> {
        let assoc_id = Socket::connectx(self, addresses)?;
        self.established().await?;
        Ok(assoc_id)
    }

    /// Waits for room in the send buffer, sends one message, and returns its length.
    ///
    /// # Errors
    /// Those of [`Socket::send`] but `WouldBlock`.
    pub async fn send(&self, message: &Message<'_>) -> io::Result<usize> {
        self.0
            .async_io(OUTGOING, |socket| socket.send(message))
            .await
    }

    /// Waits for the next message or notification and receives it, or as much of it as
    /// `buffer` holds.
    ///
    /// # Errors
    /// Those of [`Socket::recv`] but `WouldBlock`.
    pub async fn recv(&self, buffer: &mut [u8]) -> io::Result<Received> {
        self.0
            .async_io(INCOMING, |socket| socket.recv(buffer))
            .await
    }

    /// Moves an association to a socket of its own.
    ///
    /// # Errors
    /// Those of [`Socket::peeloff`].
    pub fn peeloff(&self, assoc_id: AssocId) -> io::Result<Self> {
        Self::new(Socket::peeloff(self, assoc_id)?)
    }

    /// Waits for the result of the set-up that [`Socket::connect`] or
    /// [`Socket::connectx`] began on a one-to-one socket. On a one-to-many socket, it
    /// returns at once.
    ///
    /// # Errors
    /// Those of [`connect`](Self::connect).
    pub async fn established(&self) -> io::Result<()> {
        if self.style() == Style::OneToMany {
            return Ok(());
        }
        loop {
            let mut ready = self.0.ready(OUTGOING).await?;
            if let Some(error) = self.take_error()? {
                return Err(error);
            }
            match self.peer_addr() {
                Err(error) if error.kind() == io::ErrorKind::NotConnected => ready.clear_ready(),
                other => return other.map(drop),
            }
        }
    }
}

impl Deref for AsyncSocket {
    type Target = Socket;

    fn deref(&self) -> &Socket {
        self.0.get_ref()
    }
}
