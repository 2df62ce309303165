//! One output, and what becomes of it.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use wire::pcapng::{CapturedPacket, WriteError};

use super::error::reader_left;
use super::header::Header;
use super::lanes::Lanes;
use super::pipe;
use super::queue::{Next, Queue, WhenFull};

/// Where packets are written.
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
    /// How it ended; a named pipe, for the reader that stayed longest.
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
    pub(crate) lanes: Arc<Lanes>,
    pub(crate) is_pipe: bool,
}

impl Output {
    /// One that is there from the start.
    pub(crate) fn of_sink(
        name: String,
        when_full: WhenFull,
        sink: impl Sink + Send + 'static,
    ) -> Self {
        let lanes = Arc::new(Lanes::default());
        serve(lanes.add(when_full), sink);
        Self {
            name,
            lanes,
            is_pipe: false,
        }
    }

    /// One whose readers come and go.
    pub(crate) fn of_pipe(name: String, path: PathBuf) -> Self {
        let lanes = Arc::new(Lanes::default());
        let readers = Arc::clone(&lanes);
        // It waits for readers until the process ends.
        thread::spawn(move || pipe::welcome(&path, &readers));
        Self {
            name,
            lanes,
            is_pipe: true,
        }
    }

    /// Waits until all is written. It has been told that there is nothing more.
    pub(crate) fn report(self) -> Report {
        let mut report = Report {
            name: self.name,
            packets: 0,
            missed: 0,
            ended: Ended::NoReader,
        };
        for queue in self.lanes.all() {
            let result = queue.finish();
            report.packets += result.written;
            report.missed += result.missed;
            if !matches!(report.ended, Ended::Whole) {
                report.ended = result.ended;
            }
        }
        report
    }
}

/// Writes what waits, on a thread of its own, until the reader leaves or nothing
/// more will come.
pub(crate) fn serve(queue: Arc<Queue>, mut sink: impl Sink + Send + 'static) {
    thread::spawn(move || {
        let result = write_all(&queue, &mut sink);
        // Its reader sees the end before anybody else hears of it.
        drop(sink);
        queue.end(result);
    });
}

fn write_all(queue: &Queue, sink: &mut impl Sink) -> Result<Ended, WriteError> {
    loop {
        let written = match queue.next() {
            Next::Begin(header) => sink.begin(&header),
            Next::Write(batch) => sink.write(&batch).inspect(|()| queue.count(batch.len())),
            Next::End => return Ok(Ended::Whole),
        };
        match written {
            Err(error) if reader_left(&error) => return Ok(Ended::ReaderLeft),
            written => written?,
        }
    }
}
