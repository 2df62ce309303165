use crate::args::Explain;
use crate::console;
use crate::exit::Exit;
use crate::judged::Judged;
use crate::outcome;
use crate::verb::run;

/// Runs the scenario anew, so that what is told is what this kernel does.
pub(crate) fn run(args: &Explain) -> Exit {
    let (scenario, recording) = match run::record(&args.scenario, &args.place) {
        Ok(recorded) => recorded,
        Err(exit) => return exit,
    };
    let judged = Judged::of(recording, scenario);
    let options = console::ladder_options(Some(&judged.scenario), args.full);
    let (scenario, recording, verdict) = (&judged.scenario, &judged.recording, &judged.verdict);
    let text = if args.json {
        let mut told = report::explain_json(scenario, recording, &options);
        told["verdict"] = outcome::json(recording, verdict);
        format!("{told}\n")
    } else {
        report::explain(scenario, recording, verdict, &options)
    };
    console::print(&text);
    match judged.verdict.passed() {
        true => Exit::Passed,
        false => Exit::Failed,
    }
}
