//! The place where the threads of a capture hand packets to the caller.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use pcapng::CapturedPacket;

use super::event::Event;
use super::queue::{Next, Queue};

/// A queue of events: the threads of the streams put events in, the caller takes them out.
#[derive(Debug)]
pub(super) struct Merge {
    state: Mutex<State>,
    /// An event was put in.
    more: Condvar,
    /// An event was taken.
    room: Condvar,
}

#[derive(Debug)]
struct State {
    queue: Queue<Event>,
    is_abandoned: bool,
}

impl Merge {
    pub(super) fn new(streams: usize) -> Self {
        Self {
            state: Mutex::new(State {
                queue: Queue::new(streams),
                is_abandoned: false,
            }),
            more: Condvar::new(),
            room: Condvar::new(),
        }
    }

    /// Puts a packet in, as soon as there is room. Returns whether the caller wants more.
    pub(super) fn push(&self, stream: usize, packet: CapturedPacket) -> bool {
        let full = |state: &mut State| !state.is_abandoned && state.queue.is_full(stream);
        let waited = self.room.wait_while(self.lock(), full);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        if state.is_abandoned {
            return false;
        }
        state.queue.push(stream, packet, Instant::now());
        self.more.notify_one();
        true
    }

    /// Puts the end of a stream in.
    pub(super) fn end(&self, stream: usize, end: Event) {
        self.lock().queue.end(stream, end);
        self.more.notify_one();
    }

    /// Waits for the next event; `None` when all streams have ended.
    pub(super) fn next(&self) -> Option<Event> {
        let mut state = self.lock();
        loop {
            let now = Instant::now();
            state = match state.queue.next(now) {
                Next::Packet(packet) => {
                    self.room.notify_all();
                    return Some(Event::Packet(packet));
                }
                Next::End(end) => return Some(end),
                Next::Over => return None,
                Next::Wait => {
                    let waited = self.more.wait(state);
                    waited.unwrap_or_else(PoisonError::into_inner)
                }
                Next::Until(moment) => {
                    let waited = self.more.wait_timeout(state, moment - now);
                    waited.unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
    }

    /// Takes note that the caller takes no more events.
    pub(super) fn abandon(&self) {
        self.lock().is_abandoned = true;
        self.room.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
