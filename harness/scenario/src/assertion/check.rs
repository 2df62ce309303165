//! Names and checks all assertions or measures of a scenario.

use super::{Assertion, AssertionKinds, Named};
use crate::check::{Bearer, Names, Scope, Story, World};
use crate::diagnostic::{Problems, Span};
use crate::model::StepName;
use crate::read::{List, OneKey, OneOf};

/// Names all assertions or measures.
pub(crate) fn name_all<K>(
    forms: &List<OneKey<K>>,
    names: &mut Names,
    problems: &mut Problems<'_>,
) -> Vec<StepName>
where
    K: OneOf<Form: Named>,
{
    let named = forms.items.iter().map(|form| {
        let one = &form.value;
        let given = one.form.as_ref().and_then(|form| form.given_name());
        StepName::new(&names.add(&one.kind, given, Bearer::Assertion, problems))
    });
    named.collect()
}

/// Checks assertions or measures against the story of all steps. The scope has the name
/// and the place of each.
pub(crate) fn check_all<K: OneOf, C>(
    forms: &List<OneKey<K>>,
    own_names: &[StepName],
    (world, names, story): (&World, &Names, Story),
    problems: &mut Problems<'_>,
    check: impl Fn(&K::Form, &mut Scope<'_, '_>) -> Option<C>,
) -> Vec<C> {
    let mut scope = Scope {
        world,
        names,
        story,
        problems,
        own_name: StepName::new(""),
        own_span: Span::default(),
        // After every step.
        position: (usize::MAX, 0),
    };
    let mut checked = Vec::new();
    for (form, name) in forms.items.iter().zip(own_names) {
        scope.own_name = name.clone();
        scope.own_span = form.value.kind.span;
        let form = form.value.form.as_ref();
        checked.extend(form.and_then(|form| check(form, &mut scope)));
    }
    checked
}

/// Checks the assertions.
pub(crate) fn check_assertions(
    forms: &List<OneKey<AssertionKinds>>,
    own_names: &[StepName],
    known: (&World, &Names, Story),
    problems: &mut Problems<'_>,
) -> Vec<Assertion> {
    check_all(forms, own_names, known, problems, |form, scope| {
        Some(Assertion {
            check: form.check(scope)?,
            name: scope.own_name.clone(),
            line: scope.problems.line(scope.own_span),
        })
    })
}
