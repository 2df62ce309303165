//! What stands between the links' ends, and lets frames through.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::{io, mem};

use tokio::io::unix::AsyncFd;

use super::log::Log;
use super::packet_socket::{Batch, PacketSocket, ReceivedFrame, Sent};
use super::tap::Tap;
use super::watch::watch;
use crate::capture::{Capture, Fault, IncompleteCapture, Loss, Way};
use crate::layout::{Layout, PortId};
use crate::rules::{Action, Barriers, Frame, RuleTable};

/// Received frames may wait at the nodes' interfaces until this many went
/// through the fabric: each look costs a call for every node. It is few enough
/// for the smallest receive buffer that an unprivileged user may get.
const PATIENCE: usize = 64;

/// Forwards frames between the far ends of all links, which stand in one
/// namespace of their own: what comes from a link's one end goes to its other,
/// unless a rule takes it.
///
/// One socket sees and serves all of them, so frames of different links are
/// handled in the order in which they came.
#[derive(Debug)]
pub(super) struct Fabric {
    layout: Arc<Layout>,
    socket: Arc<PacketSocket>,
    pub(super) rules: RuleTable,
    /// Ways of links that are cut.
    pub(super) cuts: Barriers,
    /// Ways of links that lead to an end without carrier.
    pub(super) unplugged: Barriers,
    /// Ends that were ever without carrier.
    pub(super) pulled: BTreeSet<PortId>,
    log: Log,
    taps: Vec<Tap>,
    batch: Batch,
    tap_batch: Batch,
    since_look: usize,
    /// By link: how many frames the kernel refused, and why the first.
    refused: BTreeMap<usize, (u32, io::Error)>,
    unread: Option<io::Error>,
}

impl Fabric {
    /// `socket` stands in the fabric's namespace, each of `taps` in that of the
    /// node with its number.
    pub(super) fn new(layout: Arc<Layout>, socket: PacketSocket, taps: Vec<PacketSocket>) -> Self {
        Self {
            socket: Arc::new(socket),
            rules: RuleTable::default(),
            cuts: Barriers::default(),
            unplugged: Barriers::default(),
            pulled: BTreeSet::new(),
            log: Log::new(&layout),
            taps: taps
                .into_iter()
                .enumerate()
                .map(|(node, socket)| Tap::new(&layout, node, socket))
                .collect(),
            batch: Batch::new(layout.greatest_mtu()),
            tap_batch: Batch::new(layout.greatest_mtu()),
            since_look: 0,
            refused: BTreeMap::new(),
            unread: None,
            layout,
        }
    }

    /// Forwards a batch of those frames that are waiting, and says whether more
    /// may be.
    fn forward(&mut self) -> bool {
        let received = match self.socket.receive(&mut self.batch) {
            Ok(received) => received,
            Err(error) => {
                if error.kind() != io::ErrorKind::WouldBlock {
                    self.unread.get_or_insert(error);
                }
                return false;
            }
        };
        self.log.follow_clock();
        for frame in received.frames() {
            let Some(sender) = PortId::at_far_index(frame.interface) else {
                continue;
            };
            self.since_look += 1;
            // This is the cable's other end, so the frame is as it left the
            // sender's interface.
            let record = self.log.record(sender, Way::Out, &frame);
            let node = self.layout.port(sender).node;
            let fault = match self.rules.decide(&Frame::new(sender, node, frame.bytes)) {
                None => pass_on(
                    &self.layout,
                    &self.socket,
                    sender,
                    &frame,
                    &mut self.refused,
                ),
                fault => fault,
            };
            if let Some(fault) = fault {
                self.log.mark(record, fault);
            }
        }
        let more = received.is_full();
        if self.since_look >= PATIENCE {
            self.look();
        }
        more
    }

    /// Records what the nodes have received.
    fn look(&mut self) {
        self.since_look = 0;
        for tap in &self.taps {
            if let Err(error) = tap.drain(&mut self.tap_batch, &mut self.log) {
                self.unread.get_or_insert(error);
            }
        }
    }

    /// Forwards and records all that is waiting, and hands over what there is,
    /// with the losses that were found elsewhere.
    pub(super) fn finish(&mut self, elsewhere: Vec<Loss>) -> Result<Capture, IncompleteCapture> {
        while self.forward() {}
        self.look();

        let (interfaces, records, mut losses) = self.log.close();
        losses.extend(elsewhere);
        losses.extend(match self.socket.overruns() {
            Ok(0) => None,
            Ok(frames) => Some(Loss::Fabric { frames }),
            Err(error) => Some(Loss::Unread(error)),
        });
        losses.extend(self.taps.iter().filter_map(Tap::loss));
        losses.extend(
            mem::take(&mut self.refused)
                .into_iter()
                .map(|(link, (frames, first))| Loss::Refused {
                    link: self.layout.links[link].name.as_str().into(),
                    frames,
                    first,
                }),
        );
        losses.extend(self.unread.take().map(Loss::Unread));

        let capture = Capture {
            interfaces,
            records,
            rules: self.rules.counts(),
        };
        if losses.is_empty() {
            Ok(capture)
        } else {
            Err(IncompleteCapture { capture, losses })
        }
    }
}

/// Sends a frame to the other end of its link.
fn pass_on(
    layout: &Layout,
    socket: &PacketSocket,
    sender: PortId,
    frame: &ReceivedFrame<'_>,
    refused: &mut BTreeMap<usize, (u32, io::Error)>,
) -> Option<Fault> {
    match socket.send(layout.port(sender.opposite()).far, frame.bytes) {
        Sent::Taken => None,
        Sent::QueueFull => Some(Fault {
            rule: format!("queue of {} is full", layout.links[sender.link()].name).into(),
            action: Action::Drop,
        }),
        Sent::Refused(error) => {
            refused.entry(sender.link()).or_insert((0, error)).0 += 1;
            None
        }
    }
}

/// Forwards frames whenever there are any, until the fabric is dropped.
pub(super) fn run(fabric: &Arc<Mutex<Fabric>>) -> io::Result<tokio::task::AbortHandle> {
    let socket = Arc::clone(&lock(fabric).socket);
    let serving = serve(watch(socket)?, Arc::downgrade(fabric));
    Ok(tokio::spawn(serving).abort_handle())
}

async fn serve(socket: AsyncFd<Arc<PacketSocket>>, fabric: Weak<Mutex<Fabric>>) {
    while let Ok(mut ready) = socket.readable().await {
        let Some(fabric) = fabric.upgrade() else {
            return;
        };
        // After a batch that was not full, readiness comes with the next frame:
        // no need to ask the kernel whether there is one yet.
        if !lock(&fabric).forward() {
            ready.clear_ready();
        }
    }
}

/// A panic elsewhere leaves the fabric whole: each frame is handled by itself.
pub(super) fn lock(fabric: &Mutex<Fabric>) -> MutexGuard<'_, Fabric> {
    fabric.lock().unwrap_or_else(PoisonError::into_inner)
}
