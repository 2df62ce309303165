use super::{Measure, MeasureKinds};
use crate::check::{Names, Place, Scope, Story, World};
use crate::diagnostic::{Problems, Span};
use crate::model::StepName;
use crate::read::{List, OneKey};

/// Gives every measure its name.
pub(crate) fn name_measures(
    forms: &List<OneKey<MeasureKinds>>,
    names: &mut Names,
    problems: &mut Problems<'_>,
) -> Vec<StepName> {
    let named = forms.items.iter().map(|form| {
        let measure = &form.value;
        let given = measure.form.as_ref().and_then(|form| form.given_name());
        StepName::new(&names.add(&measure.kind, given, Place::Assertion, problems))
    });
    named.collect()
}

/// Checks the measures against what has happened when all steps are done.
pub(crate) fn check_measures(
    forms: &List<OneKey<MeasureKinds>>,
    own_names: &[StepName],
    (world, names, story): (&World, &Names, Story),
    problems: &mut Problems<'_>,
) -> Vec<Measure> {
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
    let mut measures = Vec::new();
    for (form, name) in forms.items.iter().zip(own_names) {
        scope.own_name = name.clone();
        scope.own_span = form.value.kind.span;
        let form = form.value.form.as_ref();
        if let Some(what) = form.and_then(|form| form.check(&mut scope)) {
            let name = name.clone();
            measures.push(Measure { name, what });
        }
    }
    measures
}
