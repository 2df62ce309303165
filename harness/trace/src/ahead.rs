//! An iterator whose items are computed on another thread, a few ahead of their consumer.

use std::panic;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Greatest number of items that wait for the consumer.
const WAITING: usize = 4;

/// An iterator that runs on a thread of its own, a few items ahead of its consumer.
pub(crate) struct Ahead<T> {
    items: Receiver<T>,
    thread: Option<JoinHandle<()>>,
}

impl<T: Send + 'static> Ahead<T> {
    pub(crate) fn new(items: impl Iterator<Item = T> + Send + 'static) -> Self {
        let (sender, receiver) = sync_channel(WAITING);
        let work = move || {
            for item in items {
                // The consumer is gone.
                if sender.send(item).is_err() {
                    return;
                }
            }
        };
        Self {
            items: receiver,
            thread: Some(thread::spawn(work)),
        }
    }
}

impl<T> Ahead<T> {
    /// The next item, if it is ready within `wait`; `None` if it may come later.
    pub(crate) fn next_within(&mut self, wait: Duration) -> Option<Option<T>> {
        match self.items.recv_timeout(wait) {
            Ok(item) => Some(Some(item)),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(self.next()),
        }
    }
}

impl<T> Iterator for Ahead<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        let next = self.items.recv().ok();
        if next.is_none()
            && let Some(Err(cause)) = self.thread.take().map(JoinHandle::join)
        {
            panic::resume_unwind(cause);
        }
        next
    }
}
