//! Runs a scenario, and passes its packets on while they are captured.

use engine::Ready;
use live::{Header, Hub};
use pcapng::Section;
use recording::{APPLICATION, FolderError, Interface, OF_SCENARIO, Recording, Sight};
use scenario::Scenario;

use super::{destinations, filter, readers, summary};
use crate::args::Capture;
use crate::console::{self, Progress};
use crate::exit::Exit;
use crate::interrupt::{self, Interrupt};
use crate::judged::Judged;
use crate::single::Single;

pub(super) fn capture(args: &Capture, scenario: &str) -> Result<Exit, Exit> {
    let single = Single::load(scenario, &args.site)?;
    let header = header(single.request.scenario());
    let filter = filter::of(args, &header)?;
    let folder = args.out.as_ref().map(|out| out.join(single.request.name()));
    if let Some(folder) = &folder {
        Recording::can_be_written(folder).map_err(|error| refused(&error))?;
    }
    let outputs = destinations::open(args)?;
    let progress = Progress::new();
    let ready = match single.make_ready(&progress) {
        Ok(ready) => ready,
        Err(exit) => {
            outputs.withdraw();
            return Err(exit);
        }
    };
    let interrupt = interrupt::listen();
    readers::wait(args, &outputs, &interrupt, &progress);
    let speed = args.pace.map(|speed| speed.0);
    let hub = Hub::start(header, outputs, filter, speed);
    let hurry = hub.hurry();
    let _running = interrupt.on_call(move || hurry.up());
    let run = stream(&single, ready.as_ref(), &interrupt, &progress, &hub);
    let run = match run {
        Ok(run) => run,
        Err(exit) => {
            summary::tell_of_outputs(&hub.give_up());
            return Err(exit);
        }
    };
    let reports = hub.finish();
    let kept = match &folder {
        Some(folder) => run.recording.write(folder).map_err(|error| refused(&error)),
        None => Ok(()),
    };
    let told = summary::tell(args, &run, &reports);
    kept.and(told)
}

fn stream(
    single: &Single<'_>,
    ready: &dyn Ready,
    interrupt: &Interrupt,
    progress: &Progress,
    hub: &Hub,
) -> Result<Judged, Exit> {
    let onlooker = |sight: Sight| hub.take(sight.packets.iter().map(Into::into).collect());
    let recording = single.run(ready, interrupt, progress, Some(&onlooker))?;
    Ok(Judged::of_run(&single.request, recording))
}

/// Prints an error: the recording cannot be kept.
fn refused(error: &FolderError) -> Exit {
    let remedy = "--out DIR puts the recording elsewhere";
    console::error_with_remedy(&error.to_string(), Some(remedy));
    Exit::of_folder(error)
}

/// The header of the capture. Its interfaces are those that the run will have, in the same
/// order.
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
