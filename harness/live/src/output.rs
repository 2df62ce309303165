//! One output: a thread that writes what waits in its queue.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use wire::pcapng::{CapturedPacket, WriteError};

use super::error::reader_left;
use super::header::Header;
use super::pipe;
use super::queue::{Next, Queue, WhenFull};

/// Where a capture goes.
pub(crate) trait Sink {
    /// Begins it.
    fn begin(&mut self, header: &Arc<Header>) -> Result<(), WriteError>;

    /// Adds packets, and sees to it that they can be read at once.
    fn write(&mut self, packets: &[CapturedPacket]) -> Result<(), WriteError>;
}

/// What became of an output.
#[derive(Debug)]
pub struct Report {
    /// What the user called it.
    pub name: String,
    /// How many packets went out; a named pipe's, to all its readers together.
    pub packets: u64,
    /// How many a reader missed, for it was too slow.
    pub missed: u64,
    /// How it ended.
    pub ended: Ended,
}

/// How an output ended.
#[derive(Debug)]
pub enum Ended {
    /// It has everything.
    Whole,
    /// The reader left before the end.
    ReaderLeft,
    /// No reader ever came.
    NoReader,
    /// It could not be written on.
    Failed(WriteError),
}

/// An output that is open.
#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) name: String,
    pub(crate) queue: Arc<Queue>,
    pub(crate) packets: Arc<AtomicU64>,
    pub(crate) is_pipe: bool,
}

impl Output {
    /// `work` runs on a thread of its own.
    fn new(
        name: String,
        when_full: WhenFull,
        work: impl FnOnce(&Queue, &AtomicU64) -> Result<Ended, WriteError> + Send + 'static,
    ) -> Self {
        let output = Self {
            name,
            queue: Queue::new(when_full),
            packets: Arc::default(),
            is_pipe: false,
        };
        let (queue, packets) = (Arc::clone(&output.queue), Arc::clone(&output.packets));
        thread::spawn(move || queue.end(work(&queue, &packets)));
        output
    }

    /// One that is attached from the start until it has everything.
    pub(crate) fn of_sink(
        name: String,
        when_full: WhenFull,
        mut sink: impl Sink + Send + 'static,
    ) -> Self {
        let output = Self::new(name, when_full, move |queue, packets| {
            queue.attach();
            serve(queue, packets, &mut sink)
        });
        // No packet may come before.
        output.queue.wait_for_readers(1);
        output
    }

    /// One whose readers come and go.
    pub(crate) fn of_pipe(name: String, path: PathBuf) -> Self {
        let work = move |queue: &Queue, packets: &_| pipe::serve_readers(&path, queue, packets);
        let output = Self::new(name, WhenFull::Miss, work);
        Self {
            is_pipe: true,
            ..output
        }
    }

    /// Waits for its end. It has been told that there is nothing more.
    pub(crate) fn report(self) -> Report {
        let (ended, missed) = self.queue.finish();
        Report {
            packets: self.packets.load(Ordering::Relaxed),
            name: self.name,
            missed,
            ended,
        }
    }
}

/// Writes what waits, until the reader leaves or nothing more will come.
pub(crate) fn serve(
    queue: &Queue,
    packets: &AtomicU64,
    sink: &mut impl Sink,
) -> Result<Ended, WriteError> {
    loop {
        let written = match queue.next() {
            Next::Begin(header) => sink.begin(&header),
            Next::Write(batch) => sink.write(&batch).map(|()| {
                packets.fetch_add(batch.len() as u64, Ordering::Relaxed);
            }),
            Next::Leave => return Ok(Ended::ReaderLeft),
            Next::End => return Ok(Ended::Whole),
        };
        match written {
            Err(error) if reader_left(&error) => return Ok(Ended::ReaderLeft),
            written => written?,
        }
    }
}
