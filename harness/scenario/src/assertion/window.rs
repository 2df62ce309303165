use crate::check::{Place, Scope};
use crate::model::{StepName, Window};
use crate::read::Optional;
use crate::value::Reference;

/// The part of the run from the end of `after` to the start of `before`.
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
    match scope.names.get(step.as_str())?.place {
        Place::Step(position) => Some(position),
        Place::Assertion => None,
    }
}
