//! The fabric: forwards frames between the ends of links, by the rules.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use tokio::io::unix::AsyncFd;
use tokio::sync::Notify;
use tokio::task::AbortHandle;
use wire::frame::{LinkType, Whole};

use crate::activity::Activity;
use crate::alarm::{self, Alarm};
use crate::error::NetError;
use crate::exit::Exit;
use crate::fragments::{Came, Fragments, Part};
use crate::layout::{Layout, PortId};
use crate::log::{Log, RecordId};
use crate::platform::{Arrivals, Batch, Cables};
use crate::rulebook::{Barriers, Departure, Frame, RuleId, RuleTable};
use crate::seen::{FrameRecord, IncompleteRecord, Interface, Loss, SeenFrame, Way};
use crate::watch::watch;

/// Number of frames through the fabric after which received frames are read from the
/// nodes' interfaces. Each reading costs a system call for every node. This number of
/// frames fits into the smallest receive buffer of an unprivileged user.
const PATIENCE: usize = 64;

/// Forwards frames between the far ends of all links, which are separate from all nodes.
/// A frame from one end of a link goes to the other end, unless a rule decides otherwise.
/// Frames of different links are handled in the order of their arrival.
#[derive(Debug)]
pub(crate) struct Fabric {
    layout: Arc<Layout>,
    exit: Exit,
    pub(crate) rules: RuleTable,
    /// Directions of links that are cut.
    pub(crate) cuts: Barriers,
    /// Directions of links that lead to an end without carrier.
    pub(crate) unplugged: Barriers,
    /// Directions of links whose MTU is less than planned: frames too long for it are
    /// dropped.
    pub(crate) narrow: Barriers,
    /// Ends that ever were without carrier.
    pub(crate) pulled: BTreeSet<PortId>,
    /// Links whose MTU was ever less than planned, by number.
    pub(crate) narrowed: BTreeSet<usize>,
    log: Log,
    fragments: Fragments,
    /// Notified of every frame that leaves, for the follower of the capture.
    setting_out: Arc<Notify>,
    batch: Batch,
    since_look: usize,
    read_error: Option<io::Error>,
}

impl Fabric {
    pub(crate) fn new(layout: Arc<Layout>, cables: Cables) -> Result<Self, NetError> {
        let batch = cables
            .batch(layout.greatest_mtu())
            .map_err(NetError::kernel("make room for frames"))?;
        let exit = Exit::new(Arc::clone(&layout), cables)
            .map_err(NetError::kernel("make a timer for the fabric"))?;
        Ok(Self {
            batch,
            exit,
            rules: RuleTable::default(),
            cuts: Barriers::default(),
            unplugged: Barriers::default(),
            narrow: Barriers::default(),
            pulled: BTreeSet::new(),
            narrowed: BTreeSet::new(),
            log: Log::new(&layout),
            fragments: Fragments::default(),
            setting_out: Arc::default(),
            since_look: 0,
            read_error: None,
            layout,
        })
    }

    /// Forwards a batch of the waiting frames. Returns whether more frames may be
    /// waiting.
    fn forward(&mut self) -> bool {
        let received = match self.exit.cables.receive(&mut self.batch) {
            Ok(received) => received,
            Err(error) => {
                if error.kind() != io::ErrorKind::WouldBlock {
                    self.read_error.get_or_insert(error);
                }
                return false;
            }
        };
        for frame in received.frames() {
            let Some(sender) = PortId::at_far_index(frame.interface) else {
                continue;
            };
            self.since_look += 1;
            // The fabric has the cable's other end, so the frame has the form in which it
            // left the sender's interface.
            let record = self.log.record(sender, Way::Out, &frame);
            // Without rules, no fragment needs to be reassembled.
            let came = match self.rules.is_empty() {
                true => Came::Alone,
                false => self.fragments.take(sender, record, &frame),
            };
            let mut way = Passage {
                layout: &self.layout,
                rules: &mut self.rules,
                exit: &mut self.exit,
                log: &mut self.log,
            };
            match came {
                Came::Alone => {
                    let whole = Frame::new(&self.layout, sender, frame.at, frame.bytes);
                    way.go(&whole, &[(record, frame.bytes)], |it, _| it);
                }
                Came::Waits => {}
                Came::Whole(whole, parts) => way.go_together(sender, frame.at, &whole, &parts),
                Came::Apart(parts) => way.go_alone(&parts),
            }
        }
        let more = received.is_full();
        self.setting_out.notify_one();
        if self.since_look >= PATIENCE {
            self.look();
        }
        self.set_alarm();
        more
    }

    /// Forwards all waiting frames.
    pub(crate) fn settle(&mut self) {
        while self.forward() {}
    }

    /// Reports what the node with this number sends and receives.
    pub(crate) fn activity_of(&mut self, node: usize) -> Arc<Activity> {
        self.log.activity_of(node)
    }

    /// Sends the frames whose time has come.
    fn wake(&mut self) {
        self.exit.send_due(&mut self.log);
        while let Some(parts) = self.fragments.pop(alarm::now()) {
            let mut way = Passage {
                layout: &self.layout,
                rules: &mut self.rules,
                exit: &mut self.exit,
                log: &mut self.log,
            };
            way.go_alone(&parts);
        }
        self.setting_out.notify_one();
        self.set_alarm();
    }

    /// Starts following the capture. The returned value is notified when a frame leaves.
    pub(crate) fn follow(&mut self) -> Arc<Notify> {
        self.log.follow();
        Arc::clone(&self.setting_out)
    }

    pub(crate) fn interfaces(&self) -> &[Interface] {
        self.log.interfaces()
    }

    /// The frames that were seen since the last call, in order of time.
    pub(crate) fn fresh(&mut self) -> Vec<SeenFrame> {
        self.settle();
        self.look();
        self.untold()
    }

    /// The same as [`fresh`](Self::fresh), without reading the waiting frames.
    pub(crate) fn untold(&mut self) -> Vec<SeenFrame> {
        self.log.fresh()
    }

    fn set_alarm(&mut self) {
        if let Err(error) = self.exit.set_alarm(self.fragments.next()) {
            self.read_error.get_or_insert(error);
        }
    }

    /// Removes a rule, and releases the frames that it holds until others pass.
    pub(crate) fn remove_rule(&mut self, rule: RuleId) -> Result<(), NetError> {
        self.rules.remove(rule)?;
        self.exit.release(rule, &mut self.log);
        Ok(())
    }

    /// Removes all rules, also those that drop frames on a cut link or towards an end without
    /// carrier. The caller gives the carriers back.
    pub(crate) fn remove_all_rules(&mut self) {
        self.rules = RuleTable::default();
        self.cuts = Barriers::default();
        self.unplugged = Barriers::default();
        self.narrow = Barriers::default();
    }

    /// Records the frames that arrived at a place of [`arrivals`](Cables::arrivals).
    fn look_at(&mut self, place: usize) {
        let Exit { cables, .. } = &self.exit;
        if let Err(error) = cables.look_at(place, &mut self.batch, &mut self.log) {
            self.read_error.get_or_insert(error);
        }
    }

    /// Records the frames that the nodes have received.
    fn look(&mut self) {
        self.since_look = 0;
        if let Err(error) = self.exit.cables.look(&mut self.batch, &mut self.log) {
            self.read_error.get_or_insert(error);
        }
    }

    /// Forwards and records all waiting frames, and returns the record with the losses,
    /// including those that were found elsewhere.
    pub(crate) fn finish(&mut self, elsewhere: Vec<Loss>) -> Result<FrameRecord, IncompleteRecord> {
        self.settle();
        self.look();

        let (interfaces, records, mut losses) = self.log.close();
        losses.extend(elsewhere);
        losses.extend(self.exit.cables.losses());
        losses.extend(self.exit.refused());
        losses.extend(self.read_error.take().map(Loss::Unread));

        let capture = FrameRecord {
            interfaces,
            records,
            rules: self.rules.counts(),
        };
        if losses.is_empty() {
            Ok(capture)
        } else {
            Err(IncompleteRecord { capture, losses })
        }
    }
}

/// A packet's passage out of the fabric.
struct Passage<'f> {
    layout: &'f Layout,
    rules: &'f mut RuleTable,
    exit: &'f mut Exit,
    log: &'f mut Log,
}

impl Passage<'_> {
    /// Applies the rules to a packet, and the decision to each of its parts. `cut` turns
    /// a departure of the packet into one of the part with this number.
    fn go<'a>(
        &mut self,
        packet: &Frame<'a>,
        parts: &[(RecordId, &'a [u8])],
        cut: impl Fn(Cow<'a, [u8]>, usize) -> Cow<'a, [u8]>,
    ) {
        let Some(decision) = self.rules.decide(packet) else {
            for (record, bytes) in parts {
                self.exit
                    .send(packet.sender().opposite(), bytes, *record, self.log);
            }
            return;
        };
        if let Some(fault) = decision.fault {
            for (record, _) in parts {
                self.log.mark(*record, fault.clone());
            }
        }
        for Departure { to, when, bytes } in decision.departures {
            for (number, (record, _)) in parts.iter().enumerate() {
                let bytes = cut(bytes.clone(), number);
                let departure = Departure { to, when, bytes };
                self.exit
                    .depart(departure, decision.rule, *record, self.log);
            }
        }
    }

    /// Forwards the fragments of a whole packet.
    fn go_together(&mut self, sender: PortId, at: u64, whole: &Whole, parts: &[Part]) {
        let packet = Frame::new(self.layout, sender, at, &whole.frame)
            .in_fragments(parts.iter().map(|part| &part.bytes[..]));
        let frames: Vec<_> = parts
            .iter()
            .map(|part| (part.record, &part.bytes[..]))
            .collect();
        self.go(&packet, &frames, |bytes, number| {
            let part = &parts[number].bytes;
            let cut = whole.cut_again(&bytes, LinkType::ETHERNET, part);
            cut.map_or(Cow::Borrowed(&part[..]), Cow::Owned)
        });
    }

    /// Forwards each fragment by itself.
    fn go_alone(&mut self, parts: &[Part]) {
        for part in parts {
            let frame = Frame::new(self.layout, part.sender, part.at, &part.bytes);
            self.go(&frame, &[(part.record, &part.bytes)], |it, _| it);
        }
    }
}

/// Starts the tasks that forward frames and record those that arrive, until the fabric is
/// dropped.
pub(crate) fn run(fabric: &Arc<Mutex<Fabric>>) -> io::Result<Vec<AbortHandle>> {
    let (cables, alarm) = {
        let Exit { cables, alarm, .. } = &lock(fabric).exit;
        (Arc::clone(cables), Arc::clone(alarm))
    };
    let arrivals = Cables::arrivals(&cables);
    let serving = serve(watch(cables)?, watch(alarm)?, Arc::downgrade(fabric));
    let mut tasks = vec![tokio::spawn(serving).abort_handle()];
    for arrival in arrivals {
        let hearing = hear(watch(arrival)?, Arc::downgrade(fabric));
        tasks.push(tokio::spawn(hearing).abort_handle());
    }
    Ok(tasks)
}

/// Records frames as they arrive at a node, so that their effects are seen at the moment
/// of their arrival.
async fn hear(arrivals: AsyncFd<Arrivals>, fabric: Weak<Mutex<Fabric>>) -> io::Result<()> {
    loop {
        let mut ready = arrivals.readable().await?;
        let Some(fabric) = fabric.upgrade() else {
            return Ok(());
        };
        lock(&fabric).look_at(arrivals.get_ref().place());
        // All frames were read, and the next frame makes the socket ready again.
        ready.clear_ready();
    }
}

async fn serve(
    cables: AsyncFd<Arc<Cables>>,
    alarm: AsyncFd<Arc<Alarm>>,
    fabric: Weak<Mutex<Fabric>>,
) -> io::Result<()> {
    loop {
        tokio::select! {
            biased;
            ready = cables.readable() => {
                let mut ready = ready?;
                let Some(fabric) = fabric.upgrade() else {
                    return Ok(());
                };
                // After a batch that was not full, the next frame makes the socket ready
                // again, so no further read is needed.
                if !lock(&fabric).forward() {
                    ready.clear_ready();
                }
            }
            ready = alarm.readable() => {
                // The timer becomes ready again at the next time that is set.
                ready?.clear_ready();
                let Some(fabric) = fabric.upgrade() else {
                    return Ok(());
                };
                lock(&fabric).wake();
            }
        }
    }
}

/// A panic elsewhere leaves the fabric consistent: each frame is handled by itself.
pub(crate) fn lock(fabric: &Mutex<Fabric>) -> MutexGuard<'_, Fabric> {
    fabric.lock().unwrap_or_else(PoisonError::into_inner)
}
