//! The packets of a scenario that is run for it.

use std::path::Path;

use live::{Header, Hub};
use recording::{APPLICATION, Interface, OF_SCENARIO, Sight};
use scenario::Scenario;
use wire::pcapng::Section;

use super::{destinations, filter, readers, summary};
use crate::args::Capture;
use crate::console::{self, Progress};
use crate::engines::Ready;
use crate::exit::Exit;
use crate::interrupt::Interrupt;
use crate::judged::Judged;
use crate::single::Single;

pub(super) fn capture(args: &Capture, scenario: &str) -> Result<Exit, Exit> {
    let single = Single::load(scenario, &args.place)?;
    let header = header(&single.scenario);
    let filter = filter::of(args, &header)?;
    let outputs = destinations::open(args)?;
    let progress = Progress::new();
    let ready = match single.make_ready(&progress) {
        Ok(ready) => ready,
        Err(exit) => {
            outputs.withdraw();
            return Err(exit);
        }
    };
    let interrupt = Interrupt::listen();
    readers::wait(args, &outputs, &interrupt, &progress);
    let speed = args.pace.map(|speed| speed.0);
    let hub = Hub::start(header, outputs, filter, speed);
    let hurry = hub.hurry();
    interrupt.stops(move || hurry.up());
    let run = stream(&single, &ready, &interrupt, &progress, &hub);
    let reports = hub.finish();
    let run = run?;
    if let Some(out) = &args.out {
        keep(&run, out)?;
    }
    summary::tell(args, &run, &reports)
}

fn stream(
    single: &Single<'_>,
    ready: &Ready,
    interrupt: &Interrupt,
    progress: &Progress,
    hub: &Hub,
) -> Result<Judged, Exit> {
    let onlooker = |sight: Sight| hub.take(sight.packets.iter().map(Into::into).collect());
    let recording = single.run_live(ready, interrupt, progress, &onlooker)?;
    Ok(Judged::of(recording, single.scenario.clone()))
}

fn keep(run: &Judged, out: &Path) -> Result<(), Exit> {
    let folder = out.join(&run.scenario.name);
    run.recording.write(&folder).map_err(|error| {
        console::error(&error.to_string());
        Exit::Fault
    })
}

/// The interfaces are those that the run will have, in the same order.
fn header(scenario: &Scenario) -> Header {
    let ends = scenario.links.iter().flat_map(|link| {
        link.ends.iter().map(|end| Interface {
            node: end.node.to_string(),
            link: link.name.to_string(),
        })
    });
    Header {
        section: Section {
            user_application: Some(APPLICATION.to_owned()),
            comments: vec![format!("{OF_SCENARIO}{}", scenario.name)],
            ..Section::default()
        },
        interfaces: ends.map(|interface| (&interface).into()).collect(),
    }
}
