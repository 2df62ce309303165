use std::time::Duration;

use report::{Excerpt, Hosts};

use crate::args::{Form, Show};
use crate::console;
use crate::exit::Exit;
use crate::judged;

pub(crate) fn run(args: &Show) -> Exit {
    let recording = match judged::read(&args.recording) {
        Ok(recording) => recording,
        Err(exit) => return exit,
    };
    let scenario = scenario::parse(&recording.info.scenario, &recording.scenario);
    let options = console::ladder_options(scenario.as_ref().ok(), args.full);
    let excerpt = Excerpt {
        recording: &recording,
        from: Duration::try_from_secs_f64(args.from).unwrap_or_default(),
        until: Duration::try_from_secs_f64(args.until).unwrap_or(Duration::MAX),
    };
    if args.form.json {
        let hosts = Hosts::of(&recording.interfaces);
        for mut line in report::ladder_json(&excerpt, &hosts, &options) {
            line["format"] = 1.into();
            console::print(&format!("{line}\n"));
        }
        return Exit::Passed;
    }
    let text = match &args.form {
        Form { flow: true, .. } => report::flow_snapshot(&recording),
        Form { svg: true, .. } => report::svg(&excerpt, &options),
        Form { mermaid: true, .. } => report::mermaid(&excerpt, &options),
        _ => report::ladder_of(&excerpt, &options),
    };
    console::print(&text);
    Exit::Passed
}
