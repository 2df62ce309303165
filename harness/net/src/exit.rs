//! Sends frames out of the fabric: at once, later, or after other frames.

use std::borrow::Cow;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::{io, mem};

use rules::Action;

use crate::alarm::{self, Alarm};
use crate::frames::Sent;
use crate::layout::{Layout, PortId};
use crate::log::{Log, RecordId};
use crate::platform::Cables;
use crate::rulebook::{Departure, Fault, Held, RuleId, When};
use crate::seen::Loss;

#[derive(Debug)]
pub(crate) struct Exit {
    layout: Arc<Layout>,
    pub(crate) cables: Arc<Cables>,
    pub(crate) alarm: Arc<Alarm>,
    /// The time to which the alarm is set.
    alarmed: Option<u64>,
    held: Held<Leaving>,
    /// By link: the number of frames that the kernel refused, and the error for the
    /// first.
    refused: BTreeMap<usize, (u32, io::Error)>,
}

/// A frame that waits to be sent.
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

    /// Sends the frame with the record `record` to a port.
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

    /// Sends a departure that a rule decided for the frame with the record `record`.
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

    /// Sends the frames whose time has come.
    pub(crate) fn send_due(&mut self, log: &mut Log) {
        self.alarmed = None;
        let now = alarm::now();
        while let Some(frame) = self.held.pop(now) {
            self.send(frame.to, &frame.bytes, frame.record, log);
        }
    }

    /// Sends the frames that wait for other frames because of a rule.
    pub(crate) fn release(&mut self, rule: RuleId, log: &mut Log) {
        for frame in self.held.of_rule(rule) {
            self.send(frame.to, &frame.bytes, frame.record, log);
        }
    }

    /// Sets the alarm for the next frame that waits for a time, or for the time `other`
    /// if that is earlier.
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
