//! Names and checks the steps of a scenario in their order.

use std::collections::BTreeMap;

use super::{Step, StepKinds};
use crate::check::{Bearer, Names, Position, Scope, Story, World};
use crate::diagnostic::{Problems, Span};
use crate::model::StepName;
use crate::read::{List, OneKey};

/// Names all steps before any is checked, since steps refer to each other.
pub(crate) fn name_steps(
    forms: &List<OneKey<StepKinds>>,
    names: &mut Names,
    position: impl Fn(usize) -> Position,
    problems: &mut Problems<'_>,
) -> Vec<StepName> {
    let named = forms.items.iter().enumerate().map(|(index, form)| {
        let step = &form.value;
        let given = step.form.as_ref().and_then(|form| form.given_name());
        let place = Bearer::Step(position(index));
        StepName::new(&names.add(&step.kind, given, place, problems))
    });
    named.collect()
}

/// Checked steps, and their effects.
pub(crate) struct Checked {
    pub(crate) steps: Vec<Step>,
    /// The story after all steps.
    pub(crate) story: Story,
    /// The stories before and after each of the requested steps.
    pub(crate) around: BTreeMap<StepName, (Story, Story)>,
}

/// Checks steps in order, starting with `story`. `noted` are the steps before and after
/// which the story is kept.
pub(crate) fn check_steps(
    forms: &List<OneKey<StepKinds>>,
    own_names: &[StepName],
    position: impl Fn(usize) -> Position,
    (world, names, story): (&World, &Names, Story),
    noted: impl Fn(&StepName) -> bool,
    problems: &mut Problems<'_>,
) -> Checked {
    let mut scope = Scope {
        world,
        names,
        story,
        problems,
        own_name: StepName::new(""),
        own_span: Span::default(),
        position: (0, 0),
    };
    let mut steps = Vec::new();
    let mut around = BTreeMap::new();
    for (index, (form, name)) in forms.items.iter().zip(own_names).enumerate() {
        let kind = &form.value.kind;
        scope.own_name = name.clone();
        scope.own_span = kind.span;
        scope.position = position(index);
        let before = noted(name).then(|| scope.story.clone());
        let error = form.value.form.as_ref().and_then(|form| form.error());
        // A refused call changes nothing.
        let refused = error.map(|_| scope.story.clone());
        let action = form
            .value
            .form
            .as_ref()
            .and_then(|form| form.check(&mut scope));
        match action {
            Some(action) => {
                if let Some(story) = refused {
                    scope.story = story;
                }
                if action.acts() {
                    scope.story.last_action = Some(name.clone());
                }
                if action.is_fault() {
                    scope.story.first_fault.get_or_insert(name.clone());
                }
                steps.push(Step {
                    name: name.clone(),
                    line: scope.problems.line(kind.span),
                    say: form.value.say.clone(),
                    action,
                    error: error.map(|error| error.value.0.clone()),
                });
            }
            None => {
                scope.story.something_was_wrong(kind.value);
                // Without a noted mistake, nobody would learn that this step is left out.
                if scope.problems.is_empty() {
                    let message = "the lab cannot tell what this step is about";
                    scope.problems.add(kind.span, message, "left out");
                }
            }
        }
        if let Some(before) = before {
            around.insert(name.clone(), (before, scope.story.clone()));
        }
    }
    Checked {
        steps,
        story: scope.story,
        around,
    }
}
