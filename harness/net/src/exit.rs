//! Where frames leave the fabric: at once, later, or behind others.

use std::borrow::Cow;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::{io, mem};

use crate::alarm::{self, Alarm};
use crate::frames::Sent;
use crate::layout::{Layout, PortId};
use crate::log::{Log, RecordId};
use crate::platform::Cables;
use crate::rules::{Action, Departure, Held, RuleId, When};
use crate::seen::{Fault, Loss};

#[derive(Debug)]
pub(crate) struct Exit {
    layout: Arc<Layout>,
    pub(crate) cables: Arc<Cables>,
    pub(crate) alarm: Arc<Alarm>,
    /// For when the alarm is set.
    alarmed: Option<u64>,
    held: Held<Leaving>,
    /// By link: how many frames the kernel refused, and why the first.
    refused: BTreeMap<usize, (u32, io::Error)>,
}

/// A frame that is held back.
#[derive(Debug)]
struct Leaving {
    to: PortId,
    record: RecordId,
    bytes: Vec<u8>,
}

impl Exit {
    pub(crate) fn new(layout: Arc<Layout>, cables: Cables) -> io::Result<Self> {
        Ok(Self {
            layout,
            cables: Arc::new(cables),
            alarm: Arc::new(Alarm::new()?),
            alarmed: None,
            held: Held::default(),
            refused: BTreeMap::new(),
        })
    }

    /// Sends the frame that is on record as `record` to a port.
    pub(crate) fn send(&mut self, to: PortId, bytes: &[u8], record: RecordId, log: &mut Log) {
        self.put_out(to, bytes, record, log);
        let mut released = VecDeque::from(self.held.passed(to));
        while let Some(frame) = released.pop_front() {
            self.put_out(frame.to, &frame.bytes, frame.record, log);
            released.extend(self.held.passed(frame.to));
        }
    }

    fn put_out(&mut self, to: PortId, bytes: &[u8], record: RecordId, log: &mut Log) {
        match self.cables.send(self.layout.port(to), bytes) {
            Sent::Taken => {}
            Sent::QueueFull => {
                let link = &self.layout.links[to.link()].name;
                log.mark(
                    record,
                    Fault {
                        rule: format!("queue of {link} is full").into(),
                        action: Action::Drop,
                    },
                );
            }
            Sent::Refused(error) => {
                self.refused.entry(to.link()).or_insert((0, error)).0 += 1;
            }
        }
    }

    /// Sends what a rule wants sent for the frame on record as `record`.
    pub(crate) fn depart(
        &mut self,
        departure: Departure<'_>,
        rule: RuleId,
        record: RecordId,
        log: &mut Log,
    ) {
        let Departure { to, when, bytes } = departure;
        let leaving = |bytes: Cow<'_, [u8]>| Leaving {
            to,
            record,
            bytes: bytes.into_owned(),
        };
        match when {
            When::Now => self.send(to, &bytes, record, log),
            When::At(time) => self.held.until(time, leaving(bytes)),
            When::Behind(others) => {
                self.held.behind(others.get(), to, rule, leaving(bytes));
            }
        }
    }

    /// Sends what has waited for its time.
    pub(crate) fn send_due(&mut self, log: &mut Log) {
        self.alarmed = None;
        let now = alarm::now();
        while let Some(frame) = self.held.pop(now) {
            self.send(frame.to, &frame.bytes, frame.record, log);
        }
    }

    /// Sends what waits for others because of a rule.
    pub(crate) fn release(&mut self, rule: RuleId, log: &mut Log) {
        for frame in self.held.of_rule(rule) {
            self.send(frame.to, &frame.bytes, frame.record, log);
        }
    }

    /// Sets the alarm for the next frame that waits for its time, or for another
    /// time that comes before that.
    pub(crate) fn set_alarm(&mut self, other: Option<u64>) -> io::Result<()> {
        let next = self.held.next().into_iter().chain(other).min();
        if let Some(time) = next
            && next != self.alarmed
        {
            self.alarm.set(time)?;
        }
        self.alarmed = next;
        Ok(())
    }

    /// The frames that the kernel refused.
    pub(crate) fn refused(&mut self) -> Vec<Loss> {
        let refused = mem::take(&mut self.refused).into_iter();
        let loss = |(link, (frames, first)): (usize, _)| Loss::Refused {
            link: self.layout.links[link].name.as_str().into(),
            frames,
            first,
        };
        refused.map(loss).collect()
    }
}
