//! The queue of packets for one reader, or for files.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use pcapng::{CapturedPacket, WriteError};

use super::header::Header;

/// How an output ended.
#[derive(Debug)]
pub enum Ended {
    /// The output has every packet that it did not miss.
    Whole,
    /// The reader left before the end.
    ReaderLeft,
    /// No reader ever came, or the reader left before the header.
    NoReader,
    /// Writing failed.
    Failed(WriteError),
    /// The capture was given up, and is not whole.
    GivenUp,
}

/// Packets that were handed over together.
pub(crate) type Batch = Arc<[CapturedPacket]>;

/// The most bytes that wait in a queue.
const CAPACITY: usize = 64 << 20;

/// What the hub does with packets that find the queue full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WhenFull {
    /// The hub waits: a file gets every packet.
    Wait,
    /// The packets are missed: a capture does not wait for a slow reader.
    Miss,
}

/// A queue between the hub and the thread that writes to a sink.
#[derive(Debug)]
pub(crate) struct Queue {
    when_full: WhenFull,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// The header, until it is taken to be written.
    header: Option<Arc<Header>>,
    batches: VecDeque<Batch>,
    bytes: usize,
    closed: Option<Close>,
    written: u64,
    missed: u64,
    ended: Option<(Ended, Vec<PathBuf>)>,
}

/// Why no more packets follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Close {
    /// The capture is whole.
    Whole,
    /// The capture is not whole.
    GivenUp,
}

/// What the writing thread is to do next.
#[derive(Debug)]
pub(crate) enum Next {
    Begin(Arc<Header>),
    Write(Batch),
    /// The queue is closed and empty.
    End {
        /// Whether the capture is whole.
        whole: bool,
    },
}

/// The result of a queue.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) written: u64,
    pub(crate) missed: u64,
    pub(crate) ended: Ended,
    pub(crate) left: Vec<PathBuf>,
}

impl Queue {
    pub(crate) fn new(when_full: WhenFull) -> Arc<Self> {
        Arc::new(Self {
            when_full,
            state: Mutex::default(),
            changed: Condvar::new(),
        })
    }

    /// Sets the header that comes before all packets.
    pub(crate) fn begin(&self, header: &Arc<Header>) {
        self.change(|state| state.header = Some(Arc::clone(header)));
    }

    pub(crate) fn push(&self, batch: &Batch) {
        let mut state = self.lock();
        while state.ended.is_none() && state.bytes > 0 && state.bytes + size(batch) > CAPACITY {
            if self.when_full == WhenFull::Miss {
                state.missed += batch.len() as u64;
                return;
            }
            state = self.wait(state);
        }
        if state.ended.is_none() {
            state.bytes += size(batch);
            state.batches.push_back(Arc::clone(batch));
            self.changed.notify_all();
        }
    }

    /// Waits until the writing thread has something to do.
    pub(crate) fn next(&self) -> Next {
        let mut state = self.lock();
        loop {
            if let Some(header) = state.header.take() {
                return Next::Begin(header);
            }
            if let Some(batch) = state.batches.pop_front() {
                state.bytes -= size(&batch);
                self.changed.notify_all();
                return Next::Write(batch);
            }
            if let Some(close) = state.closed {
                return Next::End {
                    whole: close == Close::Whole,
                };
            }
            state = self.wait(state);
        }
    }

    /// Counts packets that were written.
    pub(crate) fn count(&self, packets: usize) {
        self.lock().written += packets as u64;
    }

    /// Closes the queue: no more packets follow.
    pub(crate) fn close(&self, close: Close) {
        self.change(|state| state.closed = Some(close));
    }

    /// Notes that the writing thread has ended, and the drafts that the thread has left.
    pub(crate) fn end(&self, ended: Ended, left: Vec<PathBuf>) {
        self.change(|state| {
            state.ended = Some((ended, left));
            state.batches.clear();
            state.bytes = 0;
        });
    }

    /// Waits until the writing thread has ended.
    pub(crate) fn finish(&self) -> Outcome {
        let mut state = self.lock();
        loop {
            if let Some((ended, left)) = state.ended.take() {
                return Outcome {
                    written: state.written,
                    missed: state.missed,
                    ended,
                    left,
                };
            }
            state = self.wait(state);
        }
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }

    /// A panic in another thread leaves the state whole: each change is one step.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        self.changed
            .wait(state)
            .unwrap_or_else(PoisonError::into_inner)
    }
}

fn size(batch: &Batch) -> usize {
    batch.iter().map(CapturedPacket::size).sum()
}

#[cfg(test)]
mod tests {
    use pcapng::InterfaceId;

    use super::*;

    fn batch(bytes: usize) -> Batch {
        vec![CapturedPacket::new(InterfaceId(0), 0, vec![0; bytes])].into()
    }

    #[test]
    fn the_header_comes_first_and_the_end_last() {
        let queue = Queue::new(WhenFull::Miss);
        queue.push(&batch(2));
        queue.begin(&Arc::default());
        queue.close(Close::Whole);
        assert!(matches!(queue.next(), Next::Begin(_)));
        assert!(matches!(queue.next(), Next::Write(it) if it[0].bytes.len() == 2));
        assert!(matches!(queue.next(), Next::End { whole: true }));
    }

    #[test]
    fn a_reader_that_is_too_slow_misses_whole_packets_and_is_told_how_many() {
        let queue = Queue::new(WhenFull::Miss);
        for _ in 0..3 {
            queue.push(&batch(CAPACITY / 2));
        }
        queue.end(Ended::Whole, Vec::new());
        assert_eq!(queue.finish().missed, 1);
    }

    #[test]
    fn a_file_that_is_too_slow_is_waited_for() {
        let queue = Queue::new(WhenFull::Wait);
        queue.push(&batch(CAPACITY));
        std::thread::scope(|scope| {
            scope.spawn(|| queue.push(&batch(1)));
            assert!(matches!(queue.next(), Next::Write(_)));
            assert!(matches!(queue.next(), Next::Write(it) if it[0].bytes.len() == 1));
        });
    }
}
