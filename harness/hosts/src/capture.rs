//! Captures on all targets at once.

mod connection;
mod counts;
mod direction;
mod end;
mod event;
mod far_end;
mod inputs;
mod merge;
mod queue;
mod start;

use std::sync::Arc;
use std::thread::JoinHandle;

use pcapng::Interface;
use process::Held;

use inputs::Inputs;
use merge::Merge;

pub use counts::Counts;
pub use event::Event;
pub use queue::{HOLD, SETTLE};
pub use start::StartError;

/// A running capture at every target.
///
/// A capture is an iterator of events: packets in the order of their times across all
/// targets, as far as they come in time (see [`HOLD`] and [`SETTLE`]), and the end of each
/// capturer. The iterator ends when all capturers have ended. A caller that does not take
/// the events makes the far ends wait, so that their kernels drop packets: the [`Counts`]
/// tell how many. Dropping the capture ends all capturers.
#[derive(Debug)]
pub struct Capture {
    interfaces: Vec<Interface>,
    merge: Arc<Merge>,
    inputs: Inputs,
    _held: Held,
    threads: Vec<JoinHandle<()>>,
}

impl Capture {
    /// The interfaces, one for each target, in the order of the targets. A packet's
    /// [`InterfaceId`](pcapng::InterfaceId) is the index here. Each is named
    /// `TARGET/INTERFACE`.
    #[must_use]
    pub fn interfaces(&self) -> &[Interface] {
        &self.interfaces
    }
}

impl Iterator for Capture {
    type Item = Event;

    fn next(&mut self) -> Option<Event> {
        self.merge.next()
    }
}

impl Drop for Capture {
    fn drop(&mut self) {
        self.merge.abandon();
        self.inputs.stop();
        for thread in self.threads.drain(..) {
            // A thread's result does not matter any more.
            let _ = thread.join();
        }
    }
}
