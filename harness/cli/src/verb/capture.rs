//! Packets, handed out while they are captured.

mod destinations;
mod filter;
mod of_scenario;
mod summary;

use crate::args::Capture;
use crate::exit::Exit;

pub(crate) fn run(args: &Capture) -> Exit {
    match of_scenario::capture(args) {
        Ok(exit) | Err(exit) => exit,
    }
}
