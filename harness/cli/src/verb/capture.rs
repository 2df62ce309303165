//! Packets, handed out while they are captured.

mod destinations;
mod filter;
mod of_scenario;
mod of_targets;
mod readers;
mod summary;

use crate::args::Capture;
use crate::exit::Exit;

pub(crate) fn run(args: &Capture) -> Exit {
    let captured = match (&args.targets, &args.scenario) {
        (Some(targets), _) => of_targets::capture(args, targets),
        (None, Some(scenario)) => of_scenario::capture(args, scenario),
        // It is one of the two that a command line must have.
        (None, None) => Err(Exit::Wrong),
    };
    match captured {
        Ok(exit) | Err(exit) => exit,
    }
}
