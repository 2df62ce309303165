//! A socket that several tasks share.

use std::cell::Cell;
use std::io;
use std::ops::Deref;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};

use socket::{AsyncSocket, Message, Socket};
use tokio::sync::watch;

static MADE: AtomicU64 = AtomicU64::new(0);

/// The number of a socket, different from that of every other socket of this process,
/// closed ones included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SocketId(u64);

/// A socket that several tasks wait on, and that can be closed meanwhile.
pub(super) struct SharedSocket {
    socket: AsyncSocket,
    id: SocketId,
    /// Whether a task reads the socket until its end.
    read: Cell<bool>,
    /// Dropped after the socket, as the last field: the end of this channel means that the
    /// socket is closed.
    closing: watch::Sender<bool>,
}

impl SharedSocket {
    pub(super) fn new(socket: AsyncSocket) -> Rc<Self> {
        let closing = watch::Sender::new(false);
        let id = SocketId(MADE.fetch_add(1, Ordering::Relaxed));
        Rc::new(Self {
            socket,
            id,
            read: Cell::new(false),
            closing,
        })
    }

    pub(super) fn id(&self) -> SocketId {
        self.id
    }

    pub(super) fn of(socket: Socket) -> io::Result<Rc<Self>> {
        socket.into_async().map(Self::new)
    }

    /// Takes note whether a task reads the socket.
    pub(super) fn set_read(&self, read: bool) {
        self.read.set(read);
    }

    pub(super) fn is_read(&self) -> bool {
        self.read.get()
    }

    /// The result of `act`, or `None` as soon as the socket is to be closed.
    pub(super) async fn unless_closing<T>(&self, act: impl Future<Output = T>) -> Option<T> {
        let mut closing = self.closing.subscribe();
        tokio::select! {
            biased;
            _ = closing.wait_for(|closing| *closing) => None,
            done = act => Some(done),
        }
    }

    /// Sends one message when there is room for it. `EBADF` where the socket is closed
    /// first.
    pub(super) async fn send(&self, message: &Message<'_>) -> io::Result<usize> {
        let sent = self.unless_closing(self.socket.send(message)).await;
        sent.unwrap_or_else(|| Err(io::Error::from_raw_os_error(nix::libc::EBADF)))
    }

    /// Tells all tasks to let the socket go, and returns when the last one has: then the
    /// socket is closed.
    pub(super) async fn close(self: Rc<Self>) {
        let mut closed = self.closing.subscribe();
        self.closing.send_replace(true);
        drop(self);
        while closed.changed().await.is_ok() {}
    }
}

impl Deref for SharedSocket {
    type Target = AsyncSocket;

    fn deref(&self) -> &AsyncSocket {
        &self.socket
    }
}
