//! The lab's access to a hosted node's frames.

use std::io;
use std::os::fd::{AsRawFd, RawFd};
use std::sync::{Mutex, PoisonError};

use super::node::Node;
use super::packet_socket::{Batch, PacketSocket};
use crate::error::NetError;
use crate::frames::{ReceivedFrame, Sent};
use crate::layout::Port;
use crate::watch::OwnsDescriptor;

/// Receives the frames that arrive at a node's interfaces, and sends through them.
#[derive(Debug)]
pub(crate) struct Door {
    socket: PacketSocket,
    batch: Mutex<Batch>,
}

impl Door {
    /// The access to a node whose kernel is silent, for frames of at most `mtu` bytes of
    /// payload.
    pub(crate) fn of(node: &Node, mtu: u32) -> Result<Self, NetError> {
        let socket = node.enter(PacketSocket::open)?;
        let socket = socket.map_err(NetError::kernel(format!("speak for `{}`", node.name())))?;
        let batch = Batch::new(mtu).map_err(NetError::kernel("watch the wall clock"))?;
        Ok(Self {
            socket,
            batch: Mutex::new(batch),
        })
    }

    /// Receives the frames that have arrived.
    pub(crate) fn receive(&self, mut take: impl FnMut(&ReceivedFrame<'_>)) -> io::Result<()> {
        // A panic elsewhere leaves the buffer consistent: every read fills it anew.
        let mut batch = self.batch.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let received = match self.socket.receive(&mut batch) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                received => received?,
            };
            received.frames().for_each(|frame| take(&frame));
            if !received.is_full() {
                return Ok(());
            }
        }
    }

    /// Sends a frame through one of the node's interfaces.
    pub(crate) fn send(&self, port: &Port, frame: &[u8]) -> Sent {
        self.socket.send(port.near, frame)
    }

    /// Number of frames that had no room since the last call.
    pub(crate) fn overruns(&self) -> io::Result<u32> {
        self.socket.overruns()
    }
}

impl AsRawFd for Door {
    fn as_raw_fd(&self) -> RawFd {
        self.socket.as_raw_fd()
    }
}

impl OwnsDescriptor for Door {}
