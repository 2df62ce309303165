//! The ordered table of the rules in force.

use std::num::NonZeroU64;
use std::sync::Arc;
use std::time::Duration;

use super::frame::Frame;
use super::matching::Matcher;
use super::treatment::{Departure, Treatment};
use super::{Action, RuleCount, RuleId, RuleSpec};
use crate::error::NetError;
use crate::layout::Layout;
use crate::seen::Fault;

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
    treatment: Treatment,
    count: RuleCount,
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
        spec: RuleSpec,
        now: u64,
        layout: &Layout,
    ) -> Result<RuleId, NetError> {
        let rule = self.make(spec, now, layout)?;
        let id = rule.count.id;
        self.rules.push(rule);
        Ok(id)
    }

    /// Adds a rule before all others, in force from the first frame on.
    pub(crate) fn prepend(&mut self, spec: RuleSpec, layout: &Layout) -> Result<RuleId, NetError> {
        let rule = self.make(spec, 0, layout)?;
        let id = rule.count.id;
        self.rules.insert(0, rule);
        Ok(id)
    }

    fn make(&mut self, spec: RuleSpec, now: u64, layout: &Layout) -> Result<Rule, NetError> {
        let matcher = spec.frames.clone().resolve(layout)?;
        let treatment = Treatment::resolve(spec.action.clone(), layout)?;
        self.made += 1;
        Ok(Rule {
            name: spec.name.as_str().into(),
            since: now,
            matcher,
            treatment,
            count: RuleCount {
                id: RuleId(self.made),
                spec,
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
        let spec = &self.count.spec;
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
            departures: self.treatment.departures(frame, chunk),
        })
    }
}
