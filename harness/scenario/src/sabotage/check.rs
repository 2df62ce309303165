use std::collections::BTreeMap;

use super::SabotageForm;
use super::form::Where;
use crate::check::{Bearer, Named, Names, Position, Story, World};
use crate::diagnostic::{Problems, Spanned};
use crate::model::{Assertion, Edit, Sabotage, Step, StepName};
use crate::read::List;
use crate::step::{check_steps, name_steps};
use crate::value::Reference;

/// Checks a sabotage. `around` has what has happened before and after the
/// steps that sabotages change.
pub(crate) fn check_sabotage(
    form: &Spanned<SabotageForm>,
    (world, names): (&World, &Names),
    around: &BTreeMap<StepName, (Story, Story)>,
    problems: &mut Problems<'_>,
) -> Option<Sabotage> {
    let span = form.span;
    let form = &form.value;
    let place = form.place(span, problems);
    let found = place.and_then(|(kind, step)| {
        let position = find_step(step, names, problems)?;
        Some((kind, StepName::new(&step.value.0), position))
    });
    let changed_at = found.as_ref().map(|(kind, _, position)| (*kind, *position));
    let fails = check_fails(form, changed_at, names, problems);
    let Some((kind, step, position)) = found else {
        // Where is not known, but the steps may be wrong by themselves.
        let story = Story::anything();
        let at = |index| (usize::MAX, index);
        check_own_steps(form, (world, names, story), at, problems);
        return None;
    };
    if kind != Where::InsteadOf && form.steps.is_absent() {
        problems
            .add(span, "this sabotage changes nothing", "no steps")
            .help("add `steps`, or use `instead-of` to leave a step out");
    }
    let (before, after) = around.get(&step).cloned().unwrap_or_default();
    let (story, first) = match kind {
        Where::Before => (before, (position.0 - 1, 0)),
        Where::After => (after, (position.0 + 1, 0)),
        Where::InsteadOf => (before, (position.0, 1)),
    };
    let at = |index: usize| (first.0, first.1 + index);
    let mut names = names.clone();
    if kind == Where::InsteadOf {
        // What stands in a step's place may bear its name, so that windows
        // and expectations that refer to it still do.
        names.forget(step.as_str());
    }
    let steps = check_own_steps(form, (world, &names, story), at, problems);
    Some(Sabotage {
        title: form.title.get()?.0.clone(),
        line: problems.line(span),
        edit: match kind {
            Where::Before => Edit::Before(step, steps),
            Where::After => Edit::After(step, steps),
            Where::InsteadOf => Edit::InsteadOf(step, steps),
        },
        fails: fails?,
    })
}

/// An assertion whose window begins or ends at a step that is left out is never
/// reached, and so cannot fail.
pub(crate) fn check_reached(
    form: &Spanned<SabotageForm>,
    sabotage: &Sabotage,
    assertions: &[Assertion],
    problems: &mut Problems<'_>,
) {
    let Edit::InsteadOf(removed, steps) = &sabotage.edit else {
        return;
    };
    let mut assertions = assertions.iter();
    let window = assertions
        .find(|assertion| assertion.name == sabotage.fails)
        .and_then(|assertion| assertion.check.window());
    let Some(fails) = form.value.fails.spanned() else {
        return;
    };
    if window.is_some_and(|window| window.names(removed))
        && steps.iter().all(|step| &step.name != removed)
    {
        problems
            .add(
                fails.span,
                format!(
                    "without `{removed}` it is never asked for `{}`",
                    sabotage.fails
                ),
                format!("its window is at `{removed}`"),
            )
            .help(format!(
                "put a step with `as: {removed}` in its place, or give `{}` another window",
                sabotage.fails
            ));
    }
}

fn check_own_steps(
    form: &SabotageForm,
    (world, names, story): (&World, &Names, Story),
    position: impl Fn(usize) -> Position + Copy,
    problems: &mut Problems<'_>,
) -> Vec<Step> {
    let none = List::default();
    let forms = form.steps.get().unwrap_or(&none);
    let mut names = names.clone();
    let own_names = name_steps(forms, &mut names, position, problems);
    let known = (world, &names, story);
    check_steps(forms, &own_names, position, known, |_| false, problems).steps
}

fn find_step(
    name: &Spanned<Reference>,
    names: &Names,
    problems: &mut Problems<'_>,
) -> Option<Position> {
    let is_step = |named: &Named| matches!(named.bearer, Bearer::Step(_));
    let named = names.find("a step", &name.value.0, name.span, is_step, problems)?;
    match named.bearer {
        Bearer::Step(position) => Some(position),
        Bearer::Assertion => None,
    }
}

/// What a sabotage or a known failure fails by.
pub(crate) const WHAT_FAILS: &str = "an expectation or assertion";

/// Whether it says what must be seen or answered.
pub(crate) fn can_fail(named: &Named) -> bool {
    named.bearer == Bearer::Assertion || CAN_FAIL.contains(&named.kind)
}

/// The kinds of step that say what must be seen or answered.
const CAN_FAIL: [&str; 9] = [
    "expect", "send", "call", "get", "set", "connect", "await", "silence", "probe",
];

/// What must fail is an expectation that the change can touch, or an
/// assertion.
fn check_fails(
    form: &SabotageForm,
    changed_at: Option<(Where, Position)>,
    names: &Names,
    problems: &mut Problems<'_>,
) -> Option<StepName> {
    let fails = form.fails.spanned()?;
    let name = &fails.value.0;
    let named = names.find(WHAT_FAILS, name, fails.span, can_fail, problems)?;
    if let (Bearer::Step(position), Some((kind, changed_at))) = (named.bearer, changed_at) {
        let untouched = match kind {
            Where::Before => position < changed_at,
            Where::After | Where::InsteadOf => position <= changed_at,
        };
        if untouched {
            problems
                .add(
                    fails.span,
                    format!("the change comes too late for `{name}`"),
                    "before it",
                )
                .help("name an expectation behind the change, or an assertion");
            return None;
        }
    }
    Some(StepName::new(name))
}
