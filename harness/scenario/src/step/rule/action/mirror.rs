//! The action `mirror`: copies of frames go to another node.

use rules::Action;
use wire::ChunkType;

use super::RuleActionForm;
use crate::check::Scope;
use crate::read::record;
use crate::value::Reference;

record! {
    /// Forwards the frames, and sends a copy of each to an end of another link. The node
    /// there sees the copies but does not answer, since they are addressed to another
    /// node.
    struct MirrorForm = "{to: watcher, on: span}" {
        required {
            /// The node that receives the copies.
            to: Reference,
            /// The link on which the copies arrive.
            on: Reference,
        }
    }
}

impl RuleActionForm for MirrorForm {
    fn check(&self, _: Option<ChunkType>, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let link = self.on.spanned().and_then(|link| scope.link(link));
        let to = self.to.spanned();
        let node = to.and_then(|to| scope.end_of(link.as_ref(), to));
        Some(Action::Mirror {
            link: link?.to_string(),
            node: node?.to_string(),
        })
    }
}
