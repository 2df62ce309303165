//! The action `remark`: packets get another differentiated services code point.

use rules::Action;
use wire::ChunkType;

use super::RuleActionForm;
use crate::check::Scope;
use crate::read::single;
use crate::value::Dscp;

single! {
    /// Changes the differentiated services code point of SCTP packets, as routers at the edge
    /// of a network do (RFC 2474 section 3).
    struct RemarkForm(Dscp) = "0";
}

impl RuleActionForm for RemarkForm {
    fn check(&self, _: Option<ChunkType>, _: &mut Scope<'_, '_>) -> Option<Action> {
        Some(Action::Remark(self.0.value.0))
    }
}
