use super::{Assertion, AssertionKinds};
use crate::check::{Names, Place, Scope, Story, World};
use crate::diagnostic::{Problems, Span};
use crate::model::StepName;
use crate::read::{List, OneKey};

/// Gives every assertion its name.
pub(crate) fn name_assertions(
    forms: &List<OneKey<AssertionKinds>>,
    names: &mut Names,
    problems: &mut Problems<'_>,
) -> Vec<StepName> {
    let named = forms.items.iter().map(|form| {
        let assertion = &form.value;
        let given = assertion.form.as_ref().and_then(|form| form.given_name());
        StepName::new(&names.add(&assertion.kind, given, Place::Assertion, problems))
    });
    named.collect()
}

/// Checks the assertions against what has happened when all steps are done.
pub(crate) fn check_assertions(
    forms: &List<OneKey<AssertionKinds>>,
    own_names: &[StepName],
    (world, names, story): (&World, &Names, Story),
    problems: &mut Problems<'_>,
) -> Vec<Assertion> {
    let mut scope = Scope {
        world,
        names,
        story,
        problems,
        own_name: StepName::new(""),
        own_span: Span::default(),
        // Behind every step.
        position: (usize::MAX, 0),
    };
    let mut assertions = Vec::new();
    for (form, name) in forms.items.iter().zip(own_names) {
        let kind = &form.value.kind;
        scope.own_name = name.clone();
        scope.own_span = kind.span;
        let checked = form
            .value
            .form
            .as_ref()
            .and_then(|form| form.check(&mut scope));
        if let Some(check) = checked {
            assertions.push(Assertion {
                name: name.clone(),
                line: scope.problems.line(kind.span),
                check,
            });
        }
    }
    assertions
}
