use crate::args::Check;
use crate::console;
use crate::exit::Exit;
use crate::judged::{self, Judged};
use crate::library;
use crate::outcome;

pub(crate) fn run(args: &Check) -> Exit {
    let judged = match open(args) {
        Ok(judged) => judged,
        Err(exit) => return exit,
    };
    let Judged {
        recording,
        scenario,
        verdict,
    } = &judged;
    let sabotage = judged.sabotage();
    if args.json {
        let line = outcome::json(recording, verdict);
        console::print(&format!("{line}\n"));
    } else {
        let options = console::ladder_options(Some(scenario), false);
        console::print(&report::verdict(verdict, recording, &options));
        if let Some(sabotage) = sabotage {
            console::print(&outcome::sabotage_text(sabotage, verdict));
        }
    }
    if outcome::good(sabotage, verdict) {
        Exit::Passed
    } else {
        Exit::Failed
    }
}

fn open(args: &Check) -> Result<Judged, Exit> {
    let Some(name) = &args.scenario else {
        return Judged::open(&args.recording);
    };
    let recording = judged::read(&args.recording)?;
    let mut found = library::load(std::slice::from_ref(name));
    if found.complain() {
        return Err(Exit::Wrong);
    }
    let scenario = found.loaded.pop().map(|it| it.scenario);
    Ok(Judged::of(recording, scenario.ok_or(Exit::Wrong)?))
}
