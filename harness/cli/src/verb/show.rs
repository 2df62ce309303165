use crate::args::Show;
use crate::console;
use crate::exit::Exit;
use crate::judged;

pub(crate) fn run(args: &Show) -> Exit {
    let recording = match judged::read(&args.recording) {
        Ok(recording) => recording,
        Err(exit) => return exit,
    };
    let text = if args.flow {
        report::flow_snapshot(&recording)
    } else {
        let scenario = scenario::parse(&recording.info.scenario, &recording.scenario);
        let options = console::ladder_options(scenario.as_ref().ok(), args.full);
        report::ladder(&recording, &options)
    };
    console::print(&text);
    Exit::Passed
}
