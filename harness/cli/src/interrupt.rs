//! Ctrl-C: stops what runs, so that nothing is left behind and what was
//! recorded is kept.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use engine::{Held, Interrupts, Stop};
use tokio::sync::Notify;

/// As a shell reports a process that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// Ends a run that this process only waits for.
type Stopper = Box<dyn Fn() + Send>;

/// What is to stop when Ctrl-C comes.
#[derive(Default)]
pub(crate) struct Interrupt {
    came: AtomicBool,
    runs: Mutex<Runs>,
    bell: Notify,
}

/// What is running, by a number.
#[derive(Default)]
struct Runs {
    next: u64,
    running: BTreeMap<u64, Stopper>,
}

/// Something that is to stop. Dropped, it is forgotten.
#[must_use]
pub(crate) struct Running<'i> {
    interrupt: &'i Interrupt,
    number: u64,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let stopper = self.interrupt.lock().running.remove(&self.number);
        // What it holds may take its time to go away: not while it is locked.
        drop(stopper);
    }
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
            heard.lock().running.values().for_each(|stop| stop());
        });
        interrupt
    }

    pub(crate) fn came(&self) -> bool {
        self.came.load(Ordering::SeqCst)
    }

    /// Stops this run too, which is elsewhere, for as long as the answer is kept.
    pub(crate) fn stops(&self, stop: impl Fn() + Send + 'static) -> Running<'_> {
        let mut runs = self.lock();
        if self.came() {
            stop();
        }
        let number = runs.next;
        runs.next += 1;
        runs.running.insert(number, Box::new(stop));
        Running {
            interrupt: self,
            number,
        }
    }

    /// A panic elsewhere leaves it whole: each change is one step.
    fn lock(&self) -> MutexGuard<'_, Runs> {
        self.runs.lock().unwrap_or_else(PoisonError::into_inner)
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

impl Interrupts for Interrupt {
    fn wait<'a>(&'a self) -> Pin<Box<dyn Future<Output = String> + 'a>> {
        Box::pin(Interrupt::wait(self))
    }

    fn stops<'a>(&'a self, stop: Box<dyn Fn() + Send>) -> Box<dyn Held + 'a> {
        Box::new(Interrupt::stops(self, stop))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use super::*;

    #[test]
    fn a_run_that_has_ended_is_forgotten() {
        let interrupt = Interrupt::default();
        let stopped = Arc::new(AtomicUsize::new(0));
        let run = || {
            let stopped = Arc::clone(&stopped);
            interrupt.stops(move || {
                stopped.fetch_add(1, Ordering::SeqCst);
            })
        };
        let first = run();
        for _ in 0..1000 {
            drop(run());
        }
        assert_eq!(interrupt.lock().running.len(), 1);
        assert_eq!(Arc::strong_count(&stopped), 2);
        interrupt.came.store(true, Ordering::SeqCst);
        let _late = run();
        assert_eq!(stopped.load(Ordering::SeqCst), 1);
        drop(first);
    }
}
