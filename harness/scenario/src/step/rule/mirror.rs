use wire::ChunkType;

use super::action::RuleActionForm;
use crate::check::Scope;
use crate::model::RuleAction;
use crate::read::record;
use crate::value::Reference;

record! {
    /// Forwards the frames, and a copy of each to an end of another link, where
    /// it is seen and not answered: it is addressed to somebody else.
    struct MirrorForm = "{to: watcher, on: span}" {
        required {
            /// The node that sees the copies.
            to: Reference,
            /// The link that they arrive on.
            on: Reference,
        }
    }
}

impl RuleActionForm for MirrorForm {
    fn check(&self, _: Option<ChunkType>, scope: &mut Scope<'_, '_>) -> Option<RuleAction> {
        let link = self.on.spanned().and_then(|link| scope.link(link));
        let to = self.to.spanned();
        let node = to.and_then(|to| scope.end_of(link.as_ref(), to));
        Some(RuleAction::Mirror {
            link: link?,
            node: node?,
        })
    }
}
