//! Checks a sabotage: its place, its own steps, and the expectation that must fail.

use std::collections::BTreeMap;

use super::form::Where;
use super::{Edit, Sabotage, SabotageForm};
use crate::assertion::Assertion;
use crate::check::{Bearer, Named, Names, Position, Story, World};
use crate::diagnostic::{Problems, Spanned};
use crate::model::StepName;
use crate::read::List;
use crate::step::{Step, check_steps, name_steps};
use crate::value::Reference;

/// Checks a sabotage. `around` has the story before and after each step at which a sabotage
/// changes something.
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
        // The place is unknown, but the sabotage's own steps may have mistakes.
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
        // A step that replaces another may have its name, so that windows and expectations
        // may still refer to this name.
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

/// Notes a mistake if the assertion that must fail has a window that begins or ends at a
/// step that the sabotage leaves out: this assertion is never judged, and so cannot fail.
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
                    "`{}` is never judged: the sabotage leaves out `{removed}`, where its window lies",
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

/// The noun for the thing by which a sabotage or a known failure fails.
pub(crate) const WHAT_FAILS: &str = "an expectation or assertion";

/// Whether a run can fail by this step or assertion.
pub(crate) fn can_fail(named: &Named) -> bool {
    named.bearer == Bearer::Assertion || CAN_FAIL.contains(&named.kind)
}

/// The kinds of step by which a run can fail: they say what must be seen or answered.
const CAN_FAIL: [&str; 9] = [
    "expect", "send", "call", "get", "set", "connect", "await", "silence", "probe",
];

/// Checks the name under `fails`: it must be an assertion, or an expectation that comes
/// after the change.
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
