//! The step `cut`: nothing passes a link any more.

use std::fmt;

use super::{Action, StepForm};
use crate::check::{Scope, Side};
use crate::diagnostic::Spanned;
use crate::model::{LinkName, NodeName};
use crate::read::record;
use crate::value::{Name, Reference};

/// Makes a link drop every frame silently: both ends keep their carrier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The link.
    pub link: LinkName,
    /// Only frames from this node; `None` is both directions.
    pub from: Option<NodeName>,
}

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.from {
            Some(node) => write!(f, "cut {} from {node}", self.link),
            None => write!(f, "cut {}", self.link),
        }
    }
}

record! {
    /// Makes a link drop every frame silently: both ends keep their carrier, as behind a
    /// failed switch.
    struct CutForm = "{link: path-a}" {
        required {
            /// The link.
            link: Reference,
        }
        optional {
            /// Only the frames that this node sends; both directions if left out.
            from: Reference,
            /// A name for this step.
            r#as: Name,
        }
    }
}

impl StepForm for CutForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let name = self.link.spanned();
        let link = name.and_then(|link| scope.link(link));
        let from = scope.optional(&self.from, |scope, from| scope.end_of(link.as_ref(), from));
        let (link, from) = (link?, from?);
        let side = Side::of(from.as_ref());
        let cut = scope.story.cut.entry(link.clone()).or_default();
        let already = cut.contains(&Side::Both) || cut.contains(&side);
        if already && !scope.story.links_unsure {
            scope
                .problems
                .add(
                    name?.span,
                    format!("`{link}` is cut already"),
                    "a second time",
                )
                .help(format!(
                    "put `restore: {{link: {link}}}` between the two, or remove this one"
                ));
            return None;
        }
        cut.insert(side);
        Some(Action::Cut(Cut { link, from }))
    }
}
