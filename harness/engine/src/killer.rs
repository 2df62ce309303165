//! Ends a guest early, even before it has started.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::leash::Leash;
use crate::stop::Stop;

/// Ends a guest from another thread, such as the one that handles Ctrl-C.
#[derive(Clone)]
pub struct Killer {
    started: Instant,
    leash: Leash,
    /// The function that asks the guest to stop, once there is a guest.
    ask: Arc<Mutex<Option<Ask>>>,
}

type Ask = Box<dyn Fn(Stop) + Send>;

impl Killer {
    /// The killer of a run that starts now.
    pub(crate) fn new() -> Self {
        Self {
            started: Instant::now(),
            leash: Leash::default(),
            ask: Arc::default(),
        }
    }

    /// From now on, `ask` asks the guest to stop. A guest that cannot be asked is killed
    /// like one that does not react.
    pub(crate) fn asks_by(&self, ask: impl Fn(Stop) + Send + 'static) {
        *self.ask.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(ask));
    }

    /// Asks the guest to stop because of an interrupt, and to return its recording. The
    /// guest is [killed](Self::kill) if it has not stopped within three seconds and a tenth
    /// of its running time, or if it cannot be asked yet.
    pub fn stop(&self) {
        self.stop_for(Stop::Interrupted);
    }

    /// As [`stop`](Self::stop), for another reason.
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

    /// Kills the guest at once.
    pub fn kill(&self) {
        self.leash.cut();
    }

    /// Time on the host's clock for a guest to return its recording after it was asked to
    /// stop. It grows with the running time, as the recording does: packing the recording
    /// was measured to take a twentieth of the running time.
    pub(crate) fn grace(&self) -> Duration {
        grace_after(self.started)
    }

    /// When the run began.
    pub(crate) fn started(&self) -> Instant {
        self.started
    }

    /// The leash of the guest.
    pub(crate) fn leash(&self) -> &Leash {
        &self.leash
    }
}

/// The [grace](Killer::grace) for a run that started at that time.
pub(crate) fn grace_after(started: Instant) -> Duration {
    Duration::from_secs(3) + started.elapsed() / 10
}

impl fmt::Debug for Killer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Killer");
        out.field("started", &self.started).finish_non_exhaustive()
    }
}
