//! Judges a capture that the lab did not make.

use std::path::Path;

use oracle::Result as Verdict;
use recording::Time;
use scenario::{Scenario, StepName};
use trace::{CaptureError, HostAddresses};

use super::load;
use crate::args::Check;
use crate::console;
use crate::exit::Exit;
use crate::judged::Judged;
use crate::library::Loaded;

/// Reads the capture and judges it; prints an error if that fails.
pub(super) fn judged(args: &Check, file: &Path) -> Result<Judged, Exit> {
    let name = args.scenario.as_deref().unwrap_or_default();
    let Loaded {
        scenario, source, ..
    } = load(name)?;
    let nodes = nodes(args, &scenario);
    let moments = moments(args, &scenario);
    let (Ok(nodes), Ok(moments)) = (nodes, moments) else {
        return Err(Exit::Wrong);
    };
    let recording = trace::open(file)
        .and_then(|capture| trace::by_scenario(capture, &scenario, &nodes, &moments));
    let mut recording = recording.map_err(|error| {
        let remedy = match &error {
            CaptureError::OtherHosts { .. } => {
                Some("tell which addresses are whose: --node NODE=ADDRESS,...")
            }
            CaptureError::TooLong { .. } => Some("cut a part out with `editcap -A TIME -B TIME`"),
            _ => None,
        };
        console::error_with_remedy(&error.to_string(), remedy);
        Exit::of_capture(&error)
    })?;
    recording.scenario = source;
    let verdict = oracle::judge_capture(&scenario, &recording);
    let is_told = |result| result == Verdict::Passed || result == Verdict::Failed;
    if !verdict.judgements.iter().any(|it| is_told(it.result)) {
        console::error_with_remedy(
            &format!("a capture alone shows nothing of what {name} asserts"),
            Some("tell when steps were: --moment STEP=SECONDS"),
        );
        return Err(Exit::Wrong);
    }
    Ok(Judged {
        recording,
        scenario,
        verdict,
        sabotage: None,
    })
}

/// The addresses of the nodes, by the names in the scenario. Complains of each unknown node.
fn nodes(args: &Check, scenario: &Scenario) -> Result<HostAddresses, ()> {
    let mut known = Ok(HostAddresses::new());
    for given in &args.nodes {
        let node = scenario
            .nodes
            .iter()
            .find(|node| node.name.as_str() == given.node);
        match (node, &mut known) {
            (Some(node), Ok(known)) => {
                known.insert(node.name.clone(), given.addresses.clone());
            }
            (Some(_), Err(())) => {}
            (None, _) => {
                let names = scenario.nodes.iter().map(|it| it.name.to_string());
                complain("node", &given.node, names);
                known = Err(());
            }
        }
    }
    known
}

/// The times of the steps, by the names in the scenario. Complains of each unknown step.
fn moments(args: &Check, scenario: &Scenario) -> Result<Vec<(StepName, Time)>, ()> {
    let mut known = Ok(Vec::new());
    for given in &args.moments {
        let step = scenario
            .steps
            .iter()
            .find(|step| step.name.as_str() == given.step);
        match (step, &mut known) {
            (Some(step), Ok(known)) => {
                known.push((step.name.clone(), Time::from_nanos(given.nanoseconds)));
            }
            (Some(_), Err(())) => {}
            (None, _) => {
                let names = scenario.steps.iter().map(|it| it.name.to_string());
                complain("step", &given.step, names);
                known = Err(());
            }
        }
    }
    known
}

fn complain(what: &str, given: &str, names: impl Iterator<Item = String>) {
    let names: Vec<String> = names.collect();
    let names = names.join(", ");
    console::error(&format!(
        "the scenario has no {what} `{given}`, only {names}"
    ));
}
