//! `sctp-lab capture`: passes packets on while they are captured.

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
        // The command line must have one of the two.
        (None, None) => Err(Exit::Wrong),
    };
    match captured {
        Ok(exit) | Err(exit) => exit,
    }
}
