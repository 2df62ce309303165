//! Does the steps of a scenario in order, and takes up what programs print on the way.

use std::collections::BTreeMap;

use recording::{Event, Outcome};
use scenario::{Action, Expected, Step, StepName};

use super::executor::Executor;
use super::step;

/// Does the steps in order, up to the first that fails. Returns the name of the failed
/// step, and `None` where every step was done.
pub(crate) async fn run(executor: &mut Executor<'_>, progress: &dyn Fn(&str)) -> Option<StepName> {
    for index in 0..executor.scenario.steps.len() {
        // Read anew for each step: a program may have printed values of parameters.
        let scenario = executor.scenario;
        let Some(step) = scenario.steps.get(index) else {
            break;
        };
        let words = step.to_string();
        progress(&words);
        if step.action.acts() {
            executor.sample_paths();
        }
        let place = (executor.journal.len(), executor.journal.now());
        executor.started.insert(step.name.clone(), place);
        executor.journal.note(Event::StepStarted {
            step: step.name.to_string(),
            words,
            acts: step.action.acts(),
        });
        let outcome = step::run(executor, step).await;
        let outcome = learn(executor, index, step, outcome);
        let go_on = matches!(outcome, Outcome::Done | Outcome::Seen { .. });
        executor.journal.note(Event::StepEnded {
            step: step.name.to_string(),
            outcome,
        });
        if !go_on {
            return Some(step.name.clone());
        }
    }
    None
}

/// Sets the parameters whose values a program has printed in this step, if any, and
/// goes on with the scenario built from them.
fn learn(executor: &mut Executor<'_>, index: usize, step: &Step, outcome: Outcome) -> Outcome {
    let values = captured_in(executor, step, &outcome);
    if values.is_empty() {
        return outcome;
    }
    match executor.settling.settle(index, &values) {
        Ok(scenario) => {
            executor.scenario = scenario;
            for config in &scenario.programs {
                let program = executor.programs.get(&config.name);
                program.into_iter().for_each(|it| it.becomes(config));
            }
            executor.tell_of_programs();
            outcome
        }
        Err(why) => Outcome::Failed { why },
    }
}

/// The values of parameters in the line of output that the step waited for.
fn captured_in(
    executor: &Executor<'_>,
    step: &Step,
    outcome: &Outcome,
) -> BTreeMap<String, String> {
    let (line, at) = match (&step.action, outcome) {
        (Action::Expect(it), Outcome::Seen { observation }) => match &it.what {
            Expected::Output(wanted) => (wanted, Some(*observation)),
            _ => return BTreeMap::new(),
        },
        (Action::Start(it), Outcome::Done) => {
            let mut programs = executor.scenario.programs.iter();
            let program = programs.find(|program| program.name == it.endpoint);
            let Some(ready) = program.and_then(|it| it.ready.as_ref()) else {
                return BTreeMap::new();
            };
            let (from, _) = executor.since(Some(&step.name));
            let is_it = |event: &Event| {
                matches!(event, Event::Output { endpoint, line, .. }
                    if endpoint == it.endpoint.as_str() && ready.output.is_in(line))
            };
            (&ready.output, executor.journal.first(from, is_it))
        }
        _ => return BTreeMap::new(),
    };
    match at.and_then(|at| executor.journal.get(at)) {
        Some(Event::Output { line: said, .. }) => line.values_in(&said),
        _ => BTreeMap::new(),
    }
}
