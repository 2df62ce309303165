use recording::Recording;

use crate::args::Check;
use crate::console;
use crate::exit::Exit;
use crate::library;
use crate::outcome;

pub(crate) fn run(args: &Check) -> Exit {
    let recording = match Recording::read(&args.recording) {
        Ok(recording) => recording,
        Err(error) => {
            console::error_with_remedy(
                &format!("no recording: {error}"),
                Some("`sctp-lab run SCENARIO` makes one, in the folder `runs/SCENARIO`"),
            );
            return Exit::Wrong;
        }
    };
    let scenario = match scenario_of(args, &recording) {
        Ok(scenario) => scenario,
        Err(exit) => return exit,
    };
    let sabotage = scenario
        .sabotages
        .iter()
        .find(|it| Some(&it.title) == recording.info.sabotage.as_ref());
    let verdict = match sabotage {
        Some(sabotage) => oracle::judge(&scenario.sabotaged(sabotage), &recording),
        None => oracle::judge(&scenario, &recording),
    };
    if args.json {
        let line = outcome::json(&recording, &verdict);
        console::print(&format!("{line}\n"));
    } else {
        let options = console::ladder_options(Some(&scenario), false);
        console::print(&report::verdict(&verdict, &recording, &options));
        if let Some(sabotage) = sabotage {
            console::print(&outcome::sabotage_text(sabotage, &verdict));
        }
    }
    if outcome::good(sabotage, &verdict) {
        Exit::Passed
    } else {
        Exit::Failed
    }
}

fn scenario_of(args: &Check, recording: &Recording) -> Result<scenario::Scenario, Exit> {
    if let Some(name) = &args.scenario {
        let mut found = library::load(std::slice::from_ref(name));
        if found.complain() {
            return Err(Exit::Wrong);
        }
        return found.loaded.pop().map(|it| it.scenario).ok_or(Exit::Wrong);
    }
    let name = &recording.info.scenario;
    scenario::parse(name, &recording.scenario).map_err(|diagnostics| {
        let file = args.recording.join(recording::SCENARIO);
        let file = file.display().to_string();
        let color = console::color_on_stderr();
        eprint!(
            "{}",
            scenario::render(&diagnostics, &file, &recording.scenario, color)
        );
        Exit::Wrong
    })
}
