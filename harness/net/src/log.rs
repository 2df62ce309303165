//! The log of recorded frames.

use std::collections::BTreeMap;
use std::mem;
use std::sync::{Arc, Weak};

use crate::activity::Activity;
use crate::frames::ReceivedFrame;
use crate::layout::{Layout, PortId};
use crate::rulebook::Fault;
use crate::seen::{Interface, Loss, SeenFrame, Way};

#[derive(Debug)]
pub(crate) struct Log {
    interfaces: Vec<Interface>,
    /// The records, each with the port at whose interface it was made.
    records: Vec<(PortId, SeenFrame)>,
    /// Number of records that the follower has got; `None` without a follower.
    told: Option<usize>,
    /// Records that the follower had not got when the log was closed.
    untold: Vec<SeenFrame>,
    /// The node of each port.
    nodes: Vec<usize>,
    /// The followers of each node.
    followers: Vec<Vec<Weak<Activity>>>,
    /// By link, the number of frames that exceeded its MTU.
    oversized: BTreeMap<usize, u32>,
}

/// A record that may still get a fault.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RecordId(usize);

impl Log {
    pub(crate) fn new(layout: &Layout) -> Self {
        let interface = |port: &crate::layout::Port| Interface {
            node: layout.nodes[port.node].name.as_str().into(),
            link: layout.links[port.id.link()].name.as_str().into(),
            name: port.interface.clone(),
            mac: port.mac,
        };
        Self {
            interfaces: layout.ports.iter().map(interface).collect(),
            records: Vec::new(),
            told: None,
            untold: Vec::new(),
            nodes: layout.ports.iter().map(|port| port.node).collect(),
            followers: vec![Vec::new(); layout.nodes.len()],
            oversized: BTreeMap::new(),
        }
    }

    /// Reports what a node sends and receives from now on.
    pub(crate) fn activity_of(&mut self, node: usize) -> Arc<Activity> {
        let activity = Arc::new(Activity::default());
        let followers = &mut self.followers[node];
        followers.retain(|it| it.strong_count() > 0);
        followers.push(Arc::downgrade(&activity));
        activity
    }

    pub(crate) fn record(&mut self, port: PortId, way: Way, frame: &ReceivedFrame<'_>) -> RecordId {
        if frame.cut_short {
            *self.oversized.entry(port.link()).or_default() += 1;
        }
        let followers = self.followers[self.nodes[port.0]].iter();
        for follower in followers.filter_map(Weak::upgrade) {
            follower.note(way, frame.bytes);
        }
        let interface = &self.interfaces[port.0];
        let record = SeenFrame {
            at: frame.at,
            node: Arc::clone(&interface.node),
            link: Arc::clone(&interface.link),
            way,
            bytes: frame.bytes.to_vec(),
            fault: None,
        };
        self.records.push((port, record));
        RecordId(self.records.len() - 1)
    }

    pub(crate) fn mark(&mut self, record: RecordId, fault: Fault) {
        self.records[record.0].1.fault = Some(fault);
    }

    pub(crate) fn interfaces(&self) -> &[Interface] {
        &self.interfaces
    }

    /// Keeps new records for [`fresh`](Self::fresh), from now on.
    pub(crate) fn follow(&mut self) {
        self.told.get_or_insert(0);
    }

    /// The records since the last call, in order of time.
    pub(crate) fn fresh(&mut self) -> Vec<SeenFrame> {
        let Some(told) = &mut self.told else {
            return Vec::new();
        };
        let mut fresh = mem::take(&mut self.untold);
        fresh.extend(in_order(self.records[*told..].to_vec()));
        *told = self.records.len();
        fresh
    }

    /// The interfaces, the records in order of time, and the losses.
    pub(crate) fn close(&mut self) -> (Vec<Interface>, Vec<SeenFrame>, Vec<Loss>) {
        self.untold = self.fresh();
        self.told = self.told.map(|_| 0);
        let records = in_order(mem::take(&mut self.records));
        let losses = mem::take(&mut self.oversized)
            .into_iter()
            .map(|(link, frames)| Loss::Oversized {
                link: Arc::clone(&self.interfaces[2 * link].link),
                frames,
            })
            .collect();
        (self.interfaces.clone(), records, losses)
    }
}

fn in_order(mut records: Vec<(PortId, SeenFrame)>) -> Vec<SeenFrame> {
    records.sort_by_key(|(port, record)| (record.at, *port));
    records.into_iter().map(|(_, record)| record).collect()
}
