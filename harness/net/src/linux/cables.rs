//! The cables' far ends in the fabric, and the taps at their near ends.

use std::io;
use std::os::fd::{AsRawFd, RawFd};
use std::sync::Arc;

use super::packet_socket::{Batch, PacketSocket, Received};
use super::tap::Tap;
use crate::frames::Sent;
use crate::layout::{Layout, Port};
use crate::log::Log;
use crate::seen::Loss;
use crate::watch::OwnsDescriptor;

/// The far ends of all cables share one packet socket. Each node has one packet socket,
/// the tap, for the frames at its near ends.
#[derive(Debug)]
pub(crate) struct Cables {
    socket: PacketSocket,
    taps: Vec<Tap>,
}

impl Cables {
    /// `socket` is in the fabric's namespace. Each of `taps` is in the namespace of the
    /// node with its number.
    pub(super) fn new(layout: &Layout, socket: PacketSocket, taps: Vec<PacketSocket>) -> Self {
        let taps = taps.into_iter().enumerate();
        Self {
            socket,
            taps: taps
                .map(|(node, socket)| Tap::new(layout, node, socket))
                .collect(),
        }
    }

    /// Room for frames of at most `mtu` bytes of payload.
    ///
    /// # Errors
    /// Where the wall clock, by which frames are stamped, cannot be watched.
    pub(crate) fn batch(&self, mtu: u32) -> io::Result<Batch> {
        Batch::new(mtu)
    }

    /// Reads the frames at far ends.
    ///
    /// # Errors
    /// `WouldBlock` if there are none.
    pub(crate) fn receive<'a>(&self, batch: &'a mut Batch) -> io::Result<Received<'a>> {
        self.socket.receive(batch)
    }

    /// Sends a frame into a cable's far end.
    pub(crate) fn send(&self, port: &Port, frame: &[u8]) -> Sent {
        self.socket.send(port.far, frame)
    }

    /// Records the frames that the nodes have received. All taps are read, even if one
    /// fails.
    pub(crate) fn look(&self, batch: &mut Batch, log: &mut Log) -> io::Result<()> {
        let looks = self.taps.iter().map(|tap| tap.drain(batch, log));
        looks.fold(Ok(()), io::Result::and)
    }

    /// The taps, for waiting until frames arrive at nodes.
    pub(crate) fn arrivals(cables: &Arc<Self>) -> Vec<Arrivals> {
        let places = 0..cables.taps.len();
        places
            .map(|place| Arrivals {
                cables: Arc::clone(cables),
                place,
            })
            .collect()
    }

    /// Records the frames that one node has received.
    pub(crate) fn look_at(&self, place: usize, batch: &mut Batch, log: &mut Log) -> io::Result<()> {
        self.taps[place].drain(batch, log)
    }

    /// The frames that could not be forwarded or recorded.
    pub(crate) fn losses(&self) -> Vec<Loss> {
        let fabric = match self.socket.overruns() {
            Ok(0) => None,
            Ok(frames) => Some(Loss::Fabric { frames }),
            Err(error) => Some(Loss::Unread(error)),
        };
        let taps = self.taps.iter().filter_map(Tap::loss);
        fabric.into_iter().chain(taps).collect()
    }
}

impl AsRawFd for Cables {
    fn as_raw_fd(&self) -> RawFd {
        self.socket.as_raw_fd()
    }
}

impl OwnsDescriptor for Arc<Cables> {}

/// The tap of one node.
#[derive(Debug)]
pub(crate) struct Arrivals {
    cables: Arc<Cables>,
    place: usize,
}

impl Arrivals {
    /// The number of the node.
    pub(crate) fn place(&self) -> usize {
        self.place
    }
}

impl AsRawFd for Arrivals {
    fn as_raw_fd(&self) -> RawFd {
        self.cables.taps[self.place].as_raw_fd()
    }
}

impl OwnsDescriptor for Arrivals {}
