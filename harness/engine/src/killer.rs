//! What ends a guest early, also one that is yet to start.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::leash::Leash;
use crate::stop::Stop;

/// Ends a guest from another thread, such as the one that hears of Ctrl-C.
#[derive(Clone)]
pub struct Killer {
    started: Instant,
    leash: Leash,
    /// How the guest is asked to stop, once there is somebody to be asked.
    ask: Arc<Mutex<Option<Ask>>>,
}

type Ask = Box<dyn Fn(Stop) + Send>;

impl Killer {
    /// Of a run that begins now.
    pub(crate) fn new() -> Self {
        Self {
            started: Instant::now(),
            leash: Leash::default(),
            ask: Arc::default(),
        }
    }

    /// From now on the guest is asked to stop by `ask`. A guest that could not be asked is
    /// ended like one that is deaf.
    pub(crate) fn asks_by(&self, ask: impl Fn(Stop) + Send + 'static) {
        *self.ask.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(ask));
    }

    /// Asks the guest to stop, because of an interrupt, and to hand over what it has. If
    /// it has not done so within three seconds and a tenth of the time that it ran, or if
    /// there is nobody to be asked yet, it is [killed](Self::kill).
    pub fn stop(&self) {
        self.stop_for(Stop::Interrupted);
    }

    /// The same for this reason.
    pub(crate) fn stop_for(&self, why: Stop) {
        match &*self.ask.lock().unwrap_or_else(PoisonError::into_inner) {
            None => return self.kill(),
            Some(ask) => ask(why),
        }
        let killer = self.clone();
        let grace = self.grace();
        std::thread::spawn(move || {
            std::thread::sleep(grace);
            killer.kill();
        });
    }

    /// Ends the guest at once.
    pub fn kill(&self) {
        self.leash.cut();
    }

    /// What a guest that was asked to stop may take to hand over what it has, on the
    /// host's clock. What it has grows with the time that it ran, and packing it was seen
    /// to take a twentieth of that.
    pub(crate) fn grace(&self) -> Duration {
        grace_after(self.started)
    }

    /// When the run began.
    pub(crate) fn started(&self) -> Instant {
        self.started
    }

    /// What holds the guest.
    pub(crate) fn leash(&self) -> &Leash {
        &self.leash
    }
}

/// What it may take of a run that began then.
pub(crate) fn grace_after(started: Instant) -> Duration {
    Duration::from_secs(3) + started.elapsed() / 10
}

impl fmt::Debug for Killer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Killer");
        out.field("started", &self.started).finish_non_exhaustive()
    }
}
