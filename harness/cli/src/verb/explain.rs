//! `sctp-lab explain`: prints a scenario's lesson beside the ladder of a fresh run.

use crate::args::Explain;
use crate::console::{self, Progress};
use crate::exit::Exit;
use crate::interrupt;
use crate::judged::Judged;
use crate::outcome;
use crate::single::Single;

/// Runs the scenario again, so that the explanation shows this kernel's behaviour.
pub(crate) fn run(args: &Explain) -> Exit {
    match try_to(args) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn try_to(args: &Explain) -> Result<Exit, Exit> {
    let single = Single::load(&args.scenario, &args.site)?;
    let progress = Progress::new();
    let ready = single.make_ready(&progress)?;
    let recording = single.run(ready.as_ref(), &interrupt::listen(), &progress, None)?;
    let judged = Judged::of_run(&single.request, recording);
    let options = console::ladder_options(args.full);
    let (scenario, recording, verdict) = (&judged.scenario, &judged.recording, &judged.verdict);
    let text = if args.json {
        let mut told = report::explain_json(scenario, recording, &options);
        told["verdict"] = outcome::json(recording, verdict);
        console::json(&told)
    } else {
        report::explain(scenario, recording, verdict, &options)
    };
    console::print(&text);
    Ok(Exit::of_verdict(judged.must().is_good(verdict)))
}
