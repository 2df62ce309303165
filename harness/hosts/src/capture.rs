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

/// A capture that goes on at every target.
///
/// It gives what happens, as it happens: packets in the order of their times,
/// across all targets, as far as they come in time (see [`HOLD`] and [`SETTLE`]);
/// and the end of each capturer. It ends when all have ended. Whoever does
/// not take what it gives makes the far ends wait, and their kernels drop: that is
/// told in the [`Counts`]. Dropping it ends all.
#[derive(Debug)]
pub struct Capture {
    interfaces: Vec<Interface>,
    merge: Arc<Merge>,
    inputs: Inputs,
    _held: Held,
    threads: Vec<JoinHandle<()>>,
}

impl Capture {
    /// What is captured on, one for each target, in their order: a packet's
    /// [`InterfaceId`](pcapng::InterfaceId) counts from 0 in it. They are
    /// named `TARGET/INTERFACE`.
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
            // It has nothing to say to anybody any more.
            let _ = thread.join();
        }
    }
}
