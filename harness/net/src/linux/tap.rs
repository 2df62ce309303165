//! The tap of a node: records the frames that the node receives.

use std::collections::BTreeMap;
use std::io;
use std::os::fd::{AsRawFd, RawFd};

use super::packet_socket::{Batch, PacketSocket};
use crate::layout::{Layout, PortId};
use crate::log::Log;
use crate::seen::{Loss, Way};

#[derive(Debug)]
pub(super) struct Tap {
    node: String,
    /// The node's ports by interface index.
    ports: BTreeMap<u32, PortId>,
    socket: PacketSocket,
}

impl Tap {
    pub(super) fn new(layout: &Layout, node: usize, socket: PacketSocket) -> Self {
        Self {
            node: layout.nodes[node].name.clone(),
            ports: layout
                .ports_of(node)
                .map(|port| (port.near, port.id))
                .collect(),
            socket,
        }
    }

    /// Records all waiting frames.
    pub(super) fn drain(&self, batch: &mut Batch, log: &mut Log) -> io::Result<()> {
        loop {
            let received = match self.socket.receive(batch) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                received => received?,
            };
            for frame in received.frames() {
                // A frame on the loopback interface is on no link.
                if let Some(port) = self.ports.get(&frame.interface) {
                    log.record(*port, Way::In, &frame);
                }
            }
            if !received.is_full() {
                return Ok(());
            }
        }
    }

    pub(super) fn as_raw_fd(&self) -> RawFd {
        self.socket.as_raw_fd()
    }

    /// The frames that could not be recorded, if there are any.
    pub(super) fn loss(&self) -> Option<Loss> {
        match self.socket.overruns() {
            Ok(0) => None,
            Ok(frames) => Some(Loss::Recording {
                node: self.node.as_str().into(),
                frames,
            }),
            Err(error) => Some(Loss::Unread(error)),
        }
    }
}
