//! The step `link-up`: a cable is plugged in again.

use std::fmt;

use super::{Action, StepForm};
use crate::check::{Scope, Side};
use crate::diagnostic::Spanned;
use crate::model::words::link_step_words;
use crate::model::{LinkName, NodeName};
use crate::read::record;
use crate::value::{Name, Reference};

/// Plugs a cable in again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkUp {
    /// The link.
    pub link: LinkName,
    /// Only at this node; `None` is both ends.
    pub node: Option<NodeName>,
}

impl fmt::Display for LinkUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        link_step_words(f, "link-up", &self.link, self.node.as_ref())
    }
}

record! {
    /// Plugs a cable in again.
    struct LinkUpForm = "{link: path-a}" {
        required {
            /// The link.
            link: Reference,
        }
        optional {
            /// Only at this node; both ends if left out.
            node: Reference,
            /// A name for this step.
            r#as: Name,
        }
    }
}

impl StepForm for LinkUpForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let name = self.link.spanned();
        let link = name.and_then(|link| scope.link(link));
        let node = scope.optional(&self.node, |scope, node| scope.end_of(link.as_ref(), node));
        let (link, node) = (link?, node?);
        let side = Side::of(node.as_ref());
        if !plug_in(&link, &side, scope) && !scope.story.links_unsure {
            scope
                .problems
                .add(
                    name?.span,
                    format!("`{link}` is not down"),
                    "nothing to plug in",
                )
                .help(format!(
                    "put `link-down: {{link: {link}}}` before this step"
                ));
            return None;
        }
        Some(Action::LinkUp(LinkUp { link, node }))
    }
}

/// Updates the story. Returns whether anything was unplugged.
fn plug_in(link: &crate::model::LinkName, side: &Side, scope: &mut Scope<'_, '_>) -> bool {
    let Some(mut down) = scope.story.down.remove(link) else {
        return false;
    };
    if *side == Side::Both {
        return true;
    }
    if down.remove(&Side::Both) {
        let ends = scope.world.link(link).map(|link| &link.ends);
        let all = ends
            .into_iter()
            .flatten()
            .map(|end| Side::Of(end.node.clone()));
        down.extend(all);
    }
    let was_down = down.remove(side);
    if !down.is_empty() {
        scope.story.down.insert(link.clone(), down);
    }
    was_down
}
