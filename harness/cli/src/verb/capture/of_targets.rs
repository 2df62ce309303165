//! Captures the packets of hosts that are not the lab's.

use std::path::Path;
use std::thread;
use std::time::Duration;

use hosts::{Counts, Event, StartError, Target};
use live::{Header, Hub};
use pcapng::{Interface, Section};
use recording::APPLICATION;

use super::{destinations, filter, readers, summary};
use crate::args::Capture;
use crate::console::{self, Progress};
use crate::exit::Exit;
use crate::interrupt::{self, Interrupt};
use crate::verb::targets;

/// Time for a target to start, by default.
const STARTING: Duration = Duration::from_secs(60);

pub(super) fn capture(args: &Capture, file: &Path) -> Result<Exit, Exit> {
    let targets = targets::read(file)?;
    // A filter needs only the names of the interfaces.
    let named = targets
        .iter()
        .map(|target| Interface::ethernet(name(target)));
    let filter = filter::of(args, &header(named.collect()))?;
    let outputs = destinations::open(args)?;
    let interrupt = interrupt::listen();
    let progress = Progress::new();
    readers::wait(args, &outputs, &interrupt, &progress);

    let count = report::count(targets.len() as u64, "target");
    progress.say(&format!("starting on {count}"));
    let end = Interrupt::default();
    let limit = args.site.wall_limit.map_or(STARTING, Duration::from_secs);
    let _running = interrupt.on_call({
        let end = end.clone();
        move || {
            end.call();
        }
    });
    let started = hosts::Capture::start(&targets, &end, limit);
    progress.done();
    let capture = match started {
        Ok(capture) => capture,
        Err(error) => {
            outputs.withdraw();
            return Err(refused(&error));
        }
    };
    console::mention(&format!("capturing on {count}; Ctrl-C ends it"));
    if let Some(seconds) = args.seconds {
        thread::spawn(move || {
            thread::sleep(Duration::from_secs(seconds));
            end.call();
        });
    }
    let header = header(capture.interfaces().to_vec());
    let hub = Hub::start(header, outputs, filter, None);
    let ends = hand_on(capture, &hub);
    summary::tell_of_targets(args, &ends, &hub.finish())
}

/// The end of a target's capturer.
pub(super) struct End {
    pub(super) name: String,
    /// The capturer's last message, if it ended without being asked.
    pub(super) died: Option<String>,
    pub(super) counts: Option<Counts>,
}

/// Passes packets to the hub until all capturers have ended. Returns the end of each.
fn hand_on(capture: hosts::Capture, hub: &Hub) -> Vec<End> {
    let mut ends = Vec::new();
    for event in capture {
        match event {
            Event::Packet(packet) => hub.take(vec![packet]),
            Event::Died {
                name,
                words,
                counts,
            } => {
                console::error(&format!("{name}: {words}; the others go on"));
                let died = Some(words);
                ends.push(End { name, died, counts });
            }
            Event::Ended { name, counts } => ends.push(End {
                name,
                died: None,
                counts,
            }),
        }
    }
    ends
}

fn refused(error: &StartError) -> Exit {
    match error {
        StartError::Stopped => {
            console::error(&error.to_string());
            Exit::Failed
        }
        StartError::Targets(lacks) => {
            for (name, lack) in lacks {
                let remedy = lack.remedy();
                console::error_with_remedy(&format!("{name}: {lack}"), remedy.as_deref());
            }
            Exit::CannotRun
        }
    }
}

fn name(target: &Target) -> String {
    format!("{}/{}", target.name(), target.interface())
}

fn header(interfaces: Vec<Interface>) -> Header {
    Header {
        section: Section {
            user_application: Some(APPLICATION.to_owned()),
            ..Section::default()
        },
        interfaces,
    }
}
