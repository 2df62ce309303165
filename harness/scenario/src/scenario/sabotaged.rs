//! The scenario as a sabotage changes it.

use std::collections::BTreeSet;

use super::Scenario;
use crate::model::StepName;
use crate::sabotage::{Edit, Sabotage};
use crate::step::Action;

impl Scenario {
    /// The scenario as `sabotage`, one of its own, changes it.
    #[must_use]
    pub fn sabotaged(&self, sabotage: &Sabotage) -> Scenario {
        let mut changed = self.clone();
        let (at, removed, steps) = match &sabotage.edit {
            Edit::Before(name, steps) => (self.position(name), 0, steps),
            Edit::After(name, steps) => (self.position(name).map(|at| at + 1), 0, steps),
            Edit::InsteadOf(name, steps) => (self.position(name), 1, steps),
        };
        if let Some(at) = at {
            changed
                .steps
                .splice(at..at + removed, steps.iter().cloned());
        }
        changed.anchor_expectations();
        changed
    }

    /// Lets an expectation whose `since` was removed count its time from the last earlier
    /// step that acts, as if the expectation had no `since`.
    fn anchor_expectations(&mut self) {
        let names: BTreeSet<StepName> = self.steps.iter().map(|it| it.name.clone()).collect();
        let mut last_action = None;
        for step in &mut self.steps {
            if let Action::Expect(expect) = &mut step.action
                && expect.since.as_ref().is_some_and(|it| !names.contains(it))
            {
                expect.since.clone_from(&last_action);
            }
            if step.action.acts() {
                last_action = Some(step.name.clone());
            }
        }
    }

    fn position(&self, name: &StepName) -> Option<usize> {
        self.steps.iter().position(|step| &step.name == name)
    }
}
