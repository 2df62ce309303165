//! The lanes of an output: one for a file, one for each reader of a named pipe.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::header::Header;
use super::queue::{Batch, Close, Queue, WhenFull};

/// The queues of one output. Lanes may be added at any time.
#[derive(Debug, Default)]
pub(crate) struct Lanes {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    header: Option<Arc<Header>>,
    queues: Vec<Arc<Queue>>,
    closed: Option<Close>,
}

impl Lanes {
    /// Adds a lane, which gets all packets from now on.
    pub(crate) fn add(&self, when_full: WhenFull) -> Arc<Queue> {
        let queue = Queue::new(when_full);
        let mut state = self.lock();
        if let Some(header) = &state.header {
            queue.begin(header);
        }
        if let Some(close) = state.closed {
            queue.close(close);
        }
        state.queues.push(Arc::clone(&queue));
        self.changed.notify_all();
        queue
    }

    /// Sets the header that every lane begins with, at whatever time it is added.
    pub(crate) fn begin(&self, header: &Arc<Header>) {
        let mut state = self.lock();
        state.queues.iter().for_each(|queue| queue.begin(header));
        state.header = Some(Arc::clone(header));
    }

    pub(crate) fn push(&self, batch: &Batch) {
        self.all().iter().for_each(|queue| queue.push(batch));
    }

    /// Closes every lane: no more packets follow.
    pub(crate) fn close(&self, close: Close) {
        let mut state = self.lock();
        state.closed = Some(close);
        state.queues.iter().for_each(|queue| queue.close(close));
        self.changed.notify_all();
    }

    /// Waits until `count` lanes were added, or the lanes are closed.
    pub(crate) fn wait_for(&self, count: usize) {
        let mut state = self.lock();
        while state.queues.len() < count && state.closed.is_none() {
            state = self
                .changed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The queues of all lanes.
    pub(crate) fn all(&self) -> Vec<Arc<Queue>> {
        self.lock().queues.clone()
    }

    /// A panic in another thread leaves the state whole: each change is one step.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
