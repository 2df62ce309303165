//! Ctrl-C: stops what runs, so that nothing is left behind and what was
//! recorded is kept.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use engine::Stop;
use tokio::sync::Notify;

/// As a shell reports a process that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// Ends a run that this process only waits for.
type Stopper = Box<dyn Fn() + Send>;

/// What is to stop when Ctrl-C comes.
#[derive(Default)]
pub(crate) struct Interrupt {
    came: AtomicBool,
    runs: Mutex<Vec<Stopper>>,
    bell: Notify,
}

impl Interrupt {
    /// Listens from now on. A second Ctrl-C ends the process at once.
    pub(crate) fn listen() -> Arc<Interrupt> {
        let interrupt = Arc::new(Interrupt::default());
        let heard = Arc::clone(&interrupt);
        // Without a handler Ctrl-C ends the process, and the guests with it.
        let _ = ctrlc::set_handler(move || {
            if heard.came.swap(true, Ordering::SeqCst) {
                std::process::exit(INTERRUPTED);
            }
            heard.bell.notify_waiters();
            let runs = heard.runs.lock().unwrap_or_else(PoisonError::into_inner);
            runs.iter().for_each(|stop| stop());
        });
        interrupt
    }

    pub(crate) fn came(&self) -> bool {
        self.came.load(Ordering::SeqCst)
    }

    /// Stops this run too, which is elsewhere.
    pub(crate) fn stops(&self, stop: impl Fn() + Send + 'static) {
        let mut runs = self.runs.lock().unwrap_or_else(PoisonError::into_inner);
        if self.came() {
            stop();
        }
        runs.push(Box::new(stop));
    }

    /// Waits for it, and says why the run stops.
    pub(crate) async fn wait(&self) -> String {
        let bell = self.bell.notified();
        tokio::pin!(bell);
        bell.as_mut().enable();
        if !self.came() {
            bell.await;
        }
        Stop::Interrupted.to_string()
    }
}
