//! The form of a sabotage.

use crate::diagnostic::{Problems, Spanned};
use crate::read::{List, OneKey, Optional, record};
use crate::step::StepKinds;
use crate::value::{Reference, Text};

record! {
    /// A small change to the steps under which the scenario must fail. It says
    /// where by exactly one of `before`, `after` and `instead-of`.
    struct SabotageForm = "{title: nothing is cut, instead-of: cut, fails: noticed}" {
        required {
            /// What is changed, in words.
            title: Text,
            /// The expectation or assertion that must fail, whatever else fails.
            fails: Reference,
        }
        optional {
            /// Puts `steps` in front of this step.
            before: Reference,
            /// Puts `steps` behind this step.
            after: Reference,
            /// Puts `steps` in the place of this step; without any it is left out.
            instead_of: Reference,
            /// The steps to put in.
            steps: List<OneKey<StepKinds>>,
        }
    }
}

/// Where a sabotage puts its steps.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    Before,
    After,
    InsteadOf,
}

impl SabotageForm {
    /// The place of the change, and the step that it refers to. Notes a mistake unless
    /// there is exactly one place.
    pub(super) fn place(
        &self,
        own: crate::diagnostic::Span,
        problems: &mut Problems<'_>,
    ) -> Option<(Where, &Spanned<Reference>)> {
        let places = [
            (Where::Before, &self.before),
            (Where::After, &self.after),
            (Where::InsteadOf, &self.instead_of),
        ];
        if places
            .iter()
            .any(|(_, field)| matches!(field, Optional::Broken))
        {
            return None;
        }
        let mut given = places
            .into_iter()
            .filter_map(|(place, field)| Some((place, field.spanned()?)));
        let first = given.next();
        if first.is_none() {
            problems
                .add(own, "this sabotage does not say where", "in here")
                .help("add `before`, `after` or `instead-of` with the name of a step");
        }
        if let Some((_, second)) = given.next() {
            problems
                .add(second.span, "a sabotage is at one place", "a second one")
                .help("keep one of `before`, `after` and `instead-of`");
        }
        first
    }

    /// Whether the sabotage changes something at this step, so that the story before and
    /// after the step is needed.
    pub(crate) fn touches(&self, step: &str) -> bool {
        [&self.before, &self.after, &self.instead_of]
            .into_iter()
            .any(|field| field.get().is_some_and(|name| name.0 == step))
    }
}
