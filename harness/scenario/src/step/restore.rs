//! The step `restore`: a link that was cut passes frames again.

use std::fmt;

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::LinkName;
use crate::read::record;
use crate::value::{Name, Reference};

/// Undoes a [`Cut`](super::Cut).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restore {
    /// The link.
    pub link: LinkName,
}

impl fmt::Display for Restore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "restore {}", self.link)
    }
}

record! {
    /// Undoes every `cut` of a link.
    struct RestoreForm = "{link: path-a}" {
        required {
            /// The link.
            link: Reference,
        }
        optional {
            /// A name for this step.
            r#as: Name,
        }
    }
}

impl StepForm for RestoreForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let name = self.link.spanned()?;
        let link = scope.link(name)?;
        let was_cut = scope.story.cut.remove(&link).is_some();
        if !was_cut && !scope.story.links_unsure {
            scope
                .problems
                .add(
                    name.span,
                    format!("`{link}` is not cut"),
                    "nothing to restore",
                )
                .help(format!("put `cut: {{link: {link}}}` before this step"));
            return None;
        }
        Some(Action::Restore(Restore { link }))
    }
}
