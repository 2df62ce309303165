use recording::Recording;

use crate::args::Show;
use crate::console;
use crate::exit::Exit;

pub(crate) fn run(args: &Show) -> Exit {
    match Recording::read(&args.recording) {
        Ok(recording) if args.flow => {
            console::print(&report::flow_snapshot(&recording));
            Exit::Passed
        }
        Ok(recording) => {
            let scenario = scenario::parse(&recording.info.scenario, &recording.scenario);
            let options = console::ladder_options(scenario.as_ref().ok(), args.full);
            console::print(&report::ladder(&recording, &options));
            Exit::Passed
        }
        Err(error) => {
            console::error_with_remedy(
                &format!("no recording: {error}"),
                Some("`sctp-lab run SCENARIO` makes one, in the folder `runs/SCENARIO`"),
            );
            Exit::Wrong
        }
    }
}
