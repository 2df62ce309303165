//! The window of an assertion: a part of the run, from `after` to `before`.

use std::fmt;

use crate::check::{Bearer, Scope};
use crate::model::StepName;
use crate::read::Optional;
use crate::value::Reference;

/// A part of the run between two steps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// The step whose end begins the window; `None` is the start of the run.
    pub after: Option<StepName>,
    /// The step whose start ends the window, or the expectation whose fulfilment ends it;
    /// `None` is the end of the run.
    pub before: Option<StepName>,
}

impl Window {
    /// Whether the window begins or ends at this step.
    #[must_use]
    pub fn names(&self, step: &StepName) -> bool {
        self.after.as_ref() == Some(step) || self.before.as_ref() == Some(step)
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(after) = &self.after {
            write!(f, " after {after}")?;
        }
        if let Some(before) = &self.before {
            write!(f, " before {before}")?;
        }
        Ok(())
    }
}

/// The window from the step `after` to the step `before`, which must come later.
pub(crate) fn check_window(
    after: &Optional<Reference>,
    before: &Optional<Reference>,
    scope: &mut Scope<'_, '_>,
) -> Option<Window> {
    let from = scope.optional(after, |scope, step| {
        scope.earlier_step("a step", None, step)
    });
    let to = scope.optional(before, |scope, step| {
        scope.earlier_step("a step", None, step)
    });
    let window = Window {
        after: from?,
        before: to?,
    };
    if let (Some(from), Some(to)) = (&window.after, &window.before)
        && position(from, scope) >= position(to, scope)
    {
        scope
            .problems
            .add(
                before.span()?,
                format!("`{to}` does not come after `{from}`"),
                "the window is empty",
            )
            .help("name a step that comes after the one of `after`");
        return None;
    }
    Some(window)
}

fn position(step: &StepName, scope: &Scope<'_, '_>) -> Option<crate::check::Position> {
    match scope.names.get(step.as_str())?.bearer {
        Bearer::Step(position) => Some(position),
        Bearer::Assertion => None,
    }
}
