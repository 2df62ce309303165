//! The step `link-down`: a cable is unplugged, and the node loses its carrier.

use std::fmt;

use super::{Action, StepForm};
use crate::check::{Scope, Side};
use crate::diagnostic::Spanned;
use crate::model::words::link_step_words;
use crate::model::{LinkName, NodeName};
use crate::read::record;
use crate::value::{Name, Reference};

/// Unplugs a cable: the node loses its carrier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkDown {
    /// The link.
    pub link: LinkName,
    /// Only at this node; `None` is both ends.
    pub node: Option<NodeName>,
}

impl fmt::Display for LinkDown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        link_step_words(f, "link-down", &self.link, self.node.as_ref())
    }
}

record! {
    /// Unplugs a cable: the node loses its carrier.
    struct LinkDownForm = "{link: path-a}" {
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

impl StepForm for LinkDownForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let name = self.link.spanned();
        let link = name.and_then(|link| scope.link(link));
        let node = scope.optional(&self.node, |scope, node| scope.end_of(link.as_ref(), node));
        let (link, node) = (link?, node?);
        let side = Side::of(node.as_ref());
        let down = scope.story.down.entry(link.clone()).or_default();
        let already = down.contains(&Side::Both) || down.contains(&side);
        if already && !scope.story.links_unsure {
            scope
                .problems
                .add(
                    name?.span,
                    format!("`{link}` is down already"),
                    "a second time",
                )
                .help(format!(
                    "put `link-up: {{link: {link}}}` between the two, or remove this one"
                ));
            return None;
        }
        down.insert(side);
        Some(Action::LinkDown(LinkDown { link, node }))
    }
}
