//! What waits for an output.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use wire::pcapng::{CapturedPacket, WriteError};

use super::header::Header;
use super::output::Ended;

/// Packets that came together.
pub(crate) type Batch = Arc<[CapturedPacket]>;

/// So many bytes may wait for an output.
const CAPACITY: usize = 64 << 20;

/// What becomes of packets for which there is no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WhenFull {
    /// A file takes all there is, in its time.
    Wait,
    /// A reader that is too slow misses something, and nobody waits for it.
    Miss,
}

/// Between the hub and an output's thread.
#[derive(Debug)]
pub(crate) struct Queue {
    when_full: WhenFull,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    header: Option<Arc<Header>>,
    /// Whether whoever is attached has the header.
    begun: bool,
    batches: VecDeque<Batch>,
    bytes: usize,
    attached: bool,
    /// How many have been attached so far.
    readers: usize,
    closed: bool,
    missed: u64,
    ended: Option<Ended>,
}

impl State {
    fn leave(&mut self) {
        self.attached = false;
        self.batches.clear();
        self.bytes = 0;
    }
}

/// What an output's thread is to do next.
#[derive(Debug)]
pub(crate) enum Next {
    Begin(Arc<Header>),
    Write(Batch),
    /// The reader has left.
    Leave,
    /// There will be nothing more.
    End,
}

impl Queue {
    pub(crate) fn new(when_full: WhenFull) -> Arc<Self> {
        Arc::new(Self {
            when_full,
            state: Mutex::default(),
            changed: Condvar::new(),
        })
    }

    /// Streams begin with this.
    pub(crate) fn begin(&self, header: &Arc<Header>) {
        self.change(|state| state.header = Some(Arc::clone(header)));
    }

    /// Hands packets over, if anybody is attached.
    pub(crate) fn push(&self, batch: &Batch) {
        let size = batch.iter().map(|packet| packet.bytes.len()).sum::<usize>();
        let mut state = self.lock();
        while state.attached && state.bytes > 0 && state.bytes + size > CAPACITY {
            if self.when_full == WhenFull::Miss {
                state.missed += batch.len() as u64;
                return;
            }
            state = self.wait(state);
        }
        if state.attached {
            state.bytes += size;
            state.batches.push_back(Arc::clone(batch));
            self.changed.notify_all();
        }
    }

    /// Waits for what is to be done next.
    pub(crate) fn next(&self) -> Next {
        let mut state = self.lock();
        loop {
            if !state.attached {
                return Next::Leave;
            }
            if let Some(header) = state.header.clone().filter(|_| !state.begun) {
                state.begun = true;
                return Next::Begin(header);
            }
            if let Some(batch) = state.batches.pop_front() {
                let size = batch.iter().map(|packet| packet.bytes.len()).sum::<usize>();
                state.bytes -= size;
                self.changed.notify_all();
                return Next::Write(batch);
            }
            if state.closed {
                return Next::End;
            }
            state = self.wait(state);
        }
    }

    /// Somebody takes packets from now on.
    pub(crate) fn attach(&self) {
        self.change(|state| {
            state.attached = true;
            state.readers += 1;
            state.begun = false;
        });
    }

    /// Nobody does any more: what was waiting is let go.
    pub(crate) fn detach(&self) {
        self.change(State::leave);
    }

    /// There will be nothing more.
    pub(crate) fn close(&self) {
        self.change(|state| state.closed = true);
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.lock().closed
    }

    /// Waits until so many have been attached, or there will be nothing more.
    pub(crate) fn wait_for_readers(&self, count: usize) {
        let mut state = self.lock();
        while state.readers < count && !state.closed {
            state = self.wait(state);
        }
    }

    /// The thread is done with it.
    pub(crate) fn end(&self, result: Result<Ended, WriteError>) {
        self.change(|state| {
            state.ended = Some(result.unwrap_or_else(Ended::Failed));
            state.leave();
        });
    }

    /// Waits until the thread is done, or only waits for a reader that has not
    /// come; gives how it ended, and how many packets were missed.
    pub(crate) fn finish(&self) -> (Ended, u64) {
        let mut state = self.lock();
        while state.ended.is_none() && state.attached {
            state = self.wait(state);
        }
        let came = if state.readers > 0 {
            Ended::ReaderLeft
        } else {
            Ended::NoReader
        };
        (state.ended.take().unwrap_or(came), state.missed)
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }

    /// A panic elsewhere leaves it whole: each change is one step.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        self.changed
            .wait(state)
            .unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use wire::pcapng::InterfaceId;

    use super::*;

    fn batch(bytes: usize) -> Batch {
        vec![CapturedPacket::new(InterfaceId(0), 0, vec![0; bytes])].into()
    }

    #[test]
    fn whoever_comes_late_begins_with_the_header_and_what_comes_then() {
        let queue = Queue::new(WhenFull::Miss);
        queue.begin(&Arc::default());
        queue.push(&batch(1));
        queue.attach();
        queue.push(&batch(2));
        assert!(matches!(queue.next(), Next::Begin(_)));
        assert!(matches!(queue.next(), Next::Write(it) if it[0].bytes.len() == 2));
        queue.push(&batch(3));
        queue.detach();
        assert!(matches!(queue.next(), Next::Leave));
        queue.attach();
        queue.close();
        assert!(matches!(queue.next(), Next::Begin(_)));
        assert!(matches!(queue.next(), Next::End));
    }

    #[test]
    fn a_reader_that_is_too_slow_misses_whole_packets_and_is_told_how_many() {
        let queue = Queue::new(WhenFull::Miss);
        queue.attach();
        for _ in 0..3 {
            queue.push(&batch(CAPACITY / 2));
        }
        queue.end(Ok(Ended::Whole));
        assert!(matches!(queue.finish(), (Ended::Whole, 1)));
    }

    #[test]
    fn a_file_that_is_too_slow_is_waited_for() {
        let queue = Queue::new(WhenFull::Wait);
        queue.attach();
        queue.push(&batch(CAPACITY));
        std::thread::scope(|scope| {
            scope.spawn(|| queue.push(&batch(1)));
            assert!(matches!(queue.next(), Next::Write(_)));
            assert!(matches!(queue.next(), Next::Write(it) if it[0].bytes.len() == 1));
        });
    }
}
