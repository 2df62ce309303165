//! What stands between the links' ends, and lets frames through.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::{io, mem};

use tokio::io::unix::AsyncFd;
use tokio::sync::Notify;

use crate::capture::{Capture, Fault, IncompleteCapture, Loss, Way};
use crate::frames::{ReceivedFrame, Sent};
use crate::layout::{Layout, PortId};
use crate::log::Log;
use crate::platform::{Batch, Cables};
use crate::rules::{Action, Barriers, Frame, RuleTable};
use crate::watch::watch;

/// Received frames may wait at the nodes' interfaces until this many went
/// through the fabric: each look costs a call for every node. It is few enough
/// for the smallest receive buffer that an unprivileged user may get.
const PATIENCE: usize = 64;

/// Forwards frames between the far ends of all links, which stand apart from
/// all nodes: what comes from a link's one end goes to its other, unless a rule
/// takes it. Frames of different links are handled in the order in which they
/// came.
#[derive(Debug)]
pub(crate) struct Fabric {
    layout: Arc<Layout>,
    cables: Arc<Cables>,
    pub(crate) rules: RuleTable,
    /// Ways of links that are cut.
    pub(crate) cuts: Barriers,
    /// Ways of links that lead to an end without carrier.
    pub(crate) unplugged: Barriers,
    /// Ends that were ever without carrier.
    pub(crate) pulled: BTreeSet<PortId>,
    log: Log,
    /// By node: whom to tell when it has sent.
    has_sent: Vec<Arc<Notify>>,
    batch: Batch,
    since_look: usize,
    /// By link: how many frames the kernel refused, and why the first.
    refused: BTreeMap<usize, (u32, io::Error)>,
    unread: Option<io::Error>,
}

impl Fabric {
    pub(crate) fn new(layout: Arc<Layout>, cables: Cables) -> Self {
        Self {
            batch: cables.batch(layout.greatest_mtu()),
            cables: Arc::new(cables),
            rules: RuleTable::default(),
            cuts: Barriers::default(),
            unplugged: Barriers::default(),
            pulled: BTreeSet::new(),
            log: Log::new(&layout),
            has_sent: layout.nodes.iter().map(|_| Arc::default()).collect(),
            since_look: 0,
            refused: BTreeMap::new(),
            unread: None,
            layout,
        }
    }

    /// Forwards a batch of those frames that are waiting, and says whether more
    /// may be.
    fn forward(&mut self) -> bool {
        let received = match self.cables.receive(&mut self.batch) {
            Ok(received) => received,
            Err(error) => {
                if error.kind() != io::ErrorKind::WouldBlock {
                    self.unread.get_or_insert(error);
                }
                return false;
            }
        };
        let mut senders = BTreeSet::new();
        for frame in received.frames() {
            let Some(sender) = PortId::at_far_index(frame.interface) else {
                continue;
            };
            self.since_look += 1;
            // This is the cable's other end, so the frame is as it left the
            // sender's interface.
            let record = self.log.record(sender, Way::Out, &frame);
            let node = self.layout.port(sender).node;
            senders.insert(node);
            let fault = match self.rules.decide(&Frame::new(sender, node, frame.bytes)) {
                None => pass_on(
                    &self.layout,
                    &self.cables,
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
        for has_sent in senders.iter().filter_map(|node| self.has_sent.get(*node)) {
            has_sent.notify_waiters();
        }
        if self.since_look >= PATIENCE {
            self.look();
        }
        more
    }

    /// Forwards all that is waiting.
    pub(crate) fn settle(&mut self) {
        while self.forward() {}
    }

    /// Wakes who waits for it when frames of the node with this number have
    /// been forwarded.
    pub(crate) fn has_sent(&self, node: usize) -> Arc<Notify> {
        self.has_sent.get(node).cloned().unwrap_or_default()
    }

    /// Records what the nodes have received.
    fn look(&mut self) {
        self.since_look = 0;
        if let Err(error) = self.cables.look(&mut self.batch, &mut self.log) {
            self.unread.get_or_insert(error);
        }
    }

    /// Forwards and records all that is waiting, and hands over what there is,
    /// with the losses that were found elsewhere.
    pub(crate) fn finish(&mut self, elsewhere: Vec<Loss>) -> Result<Capture, IncompleteCapture> {
        self.settle();
        self.look();

        let (interfaces, records, mut losses) = self.log.close();
        losses.extend(elsewhere);
        losses.extend(self.cables.losses());
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
    cables: &Cables,
    sender: PortId,
    frame: &ReceivedFrame<'_>,
    refused: &mut BTreeMap<usize, (u32, io::Error)>,
) -> Option<Fault> {
    match cables.send(layout.port(sender.opposite()), frame.bytes) {
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
pub(crate) fn run(fabric: &Arc<Mutex<Fabric>>) -> io::Result<tokio::task::AbortHandle> {
    let cables = Arc::clone(&lock(fabric).cables);
    let serving = serve(watch(cables)?, Arc::downgrade(fabric));
    Ok(tokio::spawn(serving).abort_handle())
}

async fn serve(cables: AsyncFd<Arc<Cables>>, fabric: Weak<Mutex<Fabric>>) {
    while let Ok(mut ready) = cables.readable().await {
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
pub(crate) fn lock(fabric: &Mutex<Fabric>) -> MutexGuard<'_, Fabric> {
    fabric.lock().unwrap_or_else(PoisonError::into_inner)
}
