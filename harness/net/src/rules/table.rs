//! The rules in force, in order.

use std::num::NonZeroU64;
use std::sync::Arc;

use super::matching::{Frame, Matcher};
use super::{Action, RuleCount, RuleId, RuleSpec};
use crate::capture::Fault;
use crate::error::NetError;
use crate::layout::Layout;

#[derive(Debug, Default)]
pub(crate) struct RuleTable {
    rules: Vec<Rule>,
    removed: Vec<Rule>,
    made: u64,
}

#[derive(Debug)]
struct Rule {
    name: Arc<str>,
    matcher: Matcher,
    count: RuleCount,
}

impl RuleTable {
    /// Puts a rule behind all others.
    pub(crate) fn append(&mut self, spec: RuleSpec, layout: &Layout) -> Result<RuleId, NetError> {
        let rule = self.make(spec, layout)?;
        let id = rule.count.id;
        self.rules.push(rule);
        Ok(id)
    }

    /// Puts a rule before all others.
    pub(crate) fn prepend(&mut self, spec: RuleSpec, layout: &Layout) -> Result<RuleId, NetError> {
        let rule = self.make(spec, layout)?;
        let id = rule.count.id;
        self.rules.insert(0, rule);
        Ok(id)
    }

    fn make(&mut self, spec: RuleSpec, layout: &Layout) -> Result<Rule, NetError> {
        let matcher = spec.frames.resolve(layout)?;
        self.made += 1;
        Ok(Rule {
            name: spec.name.as_str().into(),
            matcher,
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

    /// What becomes of a frame; `None` if it passes.
    pub(crate) fn decide(&mut self, frame: &Frame<'_>) -> Option<Fault> {
        let rule = self.rules.iter_mut().find_map(|rule| rule.takes(frame))?;
        match rule.count.spec.action {
            Action::Pass => None,
            action => Some(Fault {
                rule: Arc::clone(&rule.name),
                action,
            }),
        }
    }

    /// What every rule did so far, removed ones too, in order of their making.
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
    fn takes(&mut self, frame: &Frame<'_>) -> Option<&Self> {
        if !self.matcher.fits(frame) {
            return None;
        }
        let count = NonZeroU64::MIN.saturating_add(self.count.matched);
        self.count.matched = count.get();
        if !self.count.spec.nth.selects(count) {
            return None;
        }
        self.count.taken += 1;
        Some(self)
    }
}
