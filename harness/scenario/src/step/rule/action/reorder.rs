//! The action `reorder`: frames wait until later frames have passed them.

use rules::Action;
use wire::ChunkType;

use super::RuleActionForm;
use crate::check::Scope;
use crate::read::single;
use crate::value::Few;

single! {
    /// Holds the frames until this many later frames have passed in the same direction of
    /// the same link. When the rule is removed, the frames are released at once.
    struct ReorderForm(Few) = "2";
}

impl RuleActionForm for ReorderForm {
    fn check(&self, _: Option<ChunkType>, _: &mut Scope<'_, '_>) -> Option<Action> {
        let behind = self.0.value.0;
        Some(Action::Reorder { behind })
    }
}
