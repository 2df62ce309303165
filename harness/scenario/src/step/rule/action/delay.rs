//! The action `delay`: frames are forwarded later.

use rules::Action;
use wire::ChunkType;

use super::RuleActionForm;
use crate::check::Scope;
use crate::read::single;
use crate::value::Time;

single! {
    /// Forwards the frames after this delay: later frames overtake them.
    struct DelayForm(Time) = "50ms";
}

impl RuleActionForm for DelayForm {
    fn check(&self, _: Option<ChunkType>, _: &mut Scope<'_, '_>) -> Option<Action> {
        Some(Action::Delay(self.0.value.0))
    }
}
