//! Barriers: rules that drop frames from one end of a link, whatever other rules say.

use std::collections::BTreeMap;

use rules::{Action, Match, Rule};

use super::{RuleId, RuleTable};
use crate::error::NetError;
use crate::layout::{Layout, PortId};

/// The ends whose frames are dropped for the same reason.
///
/// A barrier is a rule before all others that exist when it is raised, since no rule can
/// let a frame pass on a broken cable.
#[derive(Debug, Default)]
pub(crate) struct Barriers(BTreeMap<PortId, RuleId>);

impl Barriers {
    /// Drops the frames of `sender`, unless they are dropped already.
    pub(crate) fn raise(
        &mut self,
        sender: PortId,
        name: &str,
        table: &mut RuleTable,
        layout: &Layout,
    ) -> Result<(), NetError> {
        self.raise_against(Match::default(), sender, name, table, layout)
    }

    /// Drops those frames of `sender` that match `frames`, unless some are dropped already.
    pub(crate) fn raise_against(
        &mut self,
        frames: Match,
        sender: PortId,
        name: &str,
        table: &mut RuleTable,
        layout: &Layout,
    ) -> Result<(), NetError> {
        if self.0.contains_key(&sender) {
            return Ok(());
        }
        let rule = Rule {
            frames: Match {
                on: Some(layout.links[sender.link()].name.clone()),
                from: Some(layout.nodes[layout.port(sender).node].name.clone()),
                ..frames
            },
            ..Rule::new(name, Action::Drop)
        };
        self.0.insert(sender, table.prepend(rule, layout)?);
        Ok(())
    }

    /// Lets the frames of `sender` pass again, if they were dropped.
    pub(crate) fn lift(&mut self, sender: PortId, table: &mut RuleTable) {
        if let Some(rule) = self.0.remove(&sender) {
            // The rule may have been removed by the caller already, which has the same
            // effect.
            let _ = table.remove(rule);
        }
    }
}
