//! The ordered table of the rules in force.

use std::borrow::Cow;
use std::num::{NonZeroU32, NonZeroU64};
use std::sync::Arc;
use std::time::Duration;

use rules::{Action, To};

use super::frame::Frame;
use super::matching::Matcher;
use super::{Fault, RuleCount, RuleId};
use crate::error::NetError;
use crate::layout::{Layout, PortId};

#[derive(Debug, Default)]
pub(crate) struct RuleTable {
    rules: Vec<Rule>,
    removed: Vec<Rule>,
    made: u64,
}

#[derive(Debug)]
struct Rule {
    name: Arc<str>,
    /// Time at which the rule was added, in nanoseconds of `CLOCK_MONOTONIC`.
    since: u64,
    matcher: Matcher,
    /// The other end that its action names.
    other_end: Option<PortId>,
    count: RuleCount,
}

/// A frame that is to leave the fabric.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Departure<'a> {
    /// The port at whose end the frame leaves.
    pub(crate) to: PortId,
    pub(crate) when: When,
    pub(crate) bytes: Cow<'a, [u8]>,
}

/// Time of a departure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    Now,
    /// At this time, in nanoseconds of `CLOCK_MONOTONIC`.
    At(u64),
    /// After this number of other frames have left to the same port.
    Behind(NonZeroU32),
}

/// Decision of a rule about a frame.
#[derive(Debug)]
pub(crate) struct Decision<'a> {
    pub(crate) rule: RuleId,
    /// The fault on the frame's record; `None` if the frame was let pass.
    pub(crate) fault: Option<Fault>,
    /// The frames that leave the fabric in its place.
    pub(crate) departures: Vec<Departure<'a>>,
}

impl RuleTable {
    /// Adds a rule after all others. `now` is in nanoseconds of `CLOCK_MONOTONIC`.
    pub(crate) fn append(
        &mut self,
        rule: rules::Rule,
        now: u64,
        layout: &Layout,
    ) -> Result<RuleId, NetError> {
        let made = self.make(rule, now, layout)?;
        let id = made.count.id;
        self.rules.push(made);
        Ok(id)
    }

    /// Adds a rule before all others, in force from the first frame on.
    pub(crate) fn prepend(
        &mut self,
        rule: rules::Rule,
        layout: &Layout,
    ) -> Result<RuleId, NetError> {
        let made = self.make(rule, 0, layout)?;
        let id = made.count.id;
        self.rules.insert(0, made);
        Ok(id)
    }

    fn make(&mut self, rule: rules::Rule, now: u64, layout: &Layout) -> Result<Rule, NetError> {
        let matcher = Matcher::of(rule.frames.clone(), layout)?;
        let other_end = rule.action.other_end();
        let other_end = other_end.map(|(link, node)| layout.port_of(link, node));
        let other_end = other_end.transpose()?.map(|port| port.id);
        self.made += 1;
        Ok(Rule {
            name: rule.name.as_str().into(),
            since: now,
            matcher,
            other_end,
            count: RuleCount {
                id: RuleId(self.made),
                rule,
                matched: 0,
                taken: 0,
            },
        })
    }

    pub(crate) fn remove(&mut self, id: RuleId) -> Result<(), NetError> {
        let place = self
            .rules
            .iter()
            .position(|rule| rule.count.id == id)
            .ok_or(NetError::UnknownRule)?;
        self.removed.push(self.rules.remove(place));
        Ok(())
    }

    /// Whether the table is empty.
    pub(crate) fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// The decision about a frame; `None` if no rule acts on it.
    pub(crate) fn decide<'a>(&mut self, frame: &Frame<'a>) -> Option<Decision<'a>> {
        self.rules.iter_mut().find_map(|rule| rule.decide(frame))
    }

    /// The counts of all rules, including removed ones, in the order of their creation.
    pub(crate) fn counts(&self) -> Vec<RuleCount> {
        let mut counts: Vec<_> = self
            .rules
            .iter()
            .chain(&self.removed)
            .map(|rule| rule.count.clone())
            .collect();
        counts.sort_by_key(|count| count.id);
        counts
    }
}

impl Rule {
    fn decide<'a>(&mut self, frame: &Frame<'a>) -> Option<Decision<'a>> {
        // A frame that was sent before the rule was added never meets the rule, since the
        // network is settled first. Time stamps may be wrong by microseconds.
        let moment = Duration::from_nanos(frame.at.saturating_sub(self.since));
        let spec = &self.count.rule;
        if !spec.window.holds(moment) || spec.action.alters() && frame.sctp().is_none() {
            return None;
        }
        let chunk = self.matcher.fits(frame)?;
        let matched = NonZeroU64::MIN.saturating_add(self.count.matched);
        self.count.matched = matched.get();
        if !spec.nth.selects(matched) {
            return None;
        }
        self.count.taken += 1;
        Some(Decision {
            rule: self.count.id,
            fault: (spec.action != Action::Pass).then(|| Fault {
                rule: Arc::clone(&self.name),
                action: spec.action.clone(),
            }),
            departures: self.departures(frame, chunk),
        })
    }

    fn departures<'a>(&self, frame: &Frame<'a>, chunk: usize) -> Vec<Departure<'a>> {
        let leaving = self.count.rule.action.on(frame.bytes, chunk).into_iter();
        leaving
            .filter_map(|it| {
                Some(Departure {
                    to: match it.to {
                        To::Receiver => frame.sender.opposite(),
                        To::OtherEnd => self.other_end?,
                    },
                    when: When::of(it.when, frame.at),
                    bytes: it.bytes,
                })
            })
            .collect()
    }
}

impl When {
    /// `now` is in nanoseconds of `CLOCK_MONOTONIC`.
    fn of(when: rules::When, now: u64) -> Self {
        match when {
            rules::When::Now | rules::When::After(Duration::ZERO) => Self::Now,
            rules::When::After(time) => {
                let time = u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
                Self::At(now.saturating_add(time))
            }
            rules::When::Behind(frames) => Self::Behind(frames),
        }
    }
}
