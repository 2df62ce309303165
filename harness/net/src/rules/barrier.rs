//! Rules that stop all that one end of a link sends.

use std::collections::BTreeMap;

use super::{Action, Match, RuleId, RuleSpec, RuleTable};
use crate::error::NetError;
use crate::layout::{Layout, PortId};

/// The ends that are stopped for one and the same reason.
///
/// A barrier is a rule like any other, before all that are there when it is
/// raised: what a cable no longer carries, no rule can let through.
#[derive(Debug, Default)]
pub(crate) struct Barriers(BTreeMap<PortId, RuleId>);

impl Barriers {
    /// Stops what `sender` sends, unless it is stopped already.
    pub(crate) fn raise(
        &mut self,
        sender: PortId,
        name: &str,
        table: &mut RuleTable,
        layout: &Layout,
    ) -> Result<(), NetError> {
        if self.0.contains_key(&sender) {
            return Ok(());
        }
        let spec = RuleSpec {
            frames: Match {
                on: Some(layout.links[sender.link()].name.clone()),
                from: Some(layout.nodes[layout.port(sender).node].name.clone()),
                ..Match::default()
            },
            ..RuleSpec::new(name, Action::Drop)
        };
        self.0.insert(sender, table.prepend(spec, layout)?);
        Ok(())
    }

    /// Lets through again what `sender` sends, if it was stopped.
    pub(crate) fn lift(&mut self, sender: PortId, table: &mut RuleTable) {
        if let Some(rule) = self.0.remove(&sender) {
            // Its owner may have removed the rule by hand, which is as good.
            let _ = table.remove(rule);
        }
    }
}
