//! An output, and the report of its end.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use pcapng::{CapturedPacket, WriteError};

use super::error::reader_left;
use super::header::Header;
use super::lanes::Lanes;
use super::pipe;
use super::queue::{Next, Queue, WhenFull};

/// A place that packets are written to.
pub(crate) trait Sink {
    /// Writes the header.
    fn begin(&mut self, header: &Arc<Header>) -> Result<(), WriteError>;

    /// Writes packets. When the call returns, a reader can read them.
    fn write(&mut self, packets: &[CapturedPacket]) -> Result<(), WriteError>;

    /// Ends a capture that is whole.
    fn finish(&mut self) -> Result<(), WriteError> {
        Ok(())
    }

    /// Ends a capture that is not whole. Returns the files that hold the packets written so
    /// far.
    fn leave(&mut self) -> Vec<PathBuf> {
        Vec::new()
    }
}

/// The end of an output.
#[derive(Debug)]
pub struct Report {
    /// The output's name, as the user gave it.
    pub name: String,
    /// The number of packets that were written; for a named pipe, to all its readers
    /// together.
    pub packets: u64,
    /// The number of packets that slow readers missed.
    pub missed: u64,
    /// How the output ended. A named pipe is whole if one reader has everything; otherwise
    /// the end is that of the last reader to come.
    pub ended: Ended,
    /// Whether the output is a named pipe, whose readers come and go.
    pub is_pipe: bool,
    /// The drafts of files that are not whole, and so did not get their names.
    pub left: Vec<PathBuf>,
}

/// How an output ended.
#[derive(Debug)]
pub enum Ended {
    /// The output has every packet that it did not miss.
    Whole,
    /// The reader left before the end.
    ReaderLeft,
    /// No reader ever came.
    NoReader,
    /// Writing failed.
    Failed(WriteError),
    /// The capture was given up, and is not whole.
    GivenUp,
}

/// An output that is open.
#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) name: String,
    pub(crate) lanes: Arc<Lanes>,
    pub(crate) is_pipe: bool,
}

impl Output {
    /// An output with one lane from the start.
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

    /// A named pipe, with a lane for each reader that comes.
    pub(crate) fn of_pipe(name: String, path: PathBuf) -> Self {
        let lanes = Arc::new(Lanes::default());
        let readers = Arc::clone(&lanes);
        // This thread waits for readers until the process ends.
        thread::spawn(move || pipe::welcome(&path, &readers));
        Self {
            name,
            lanes,
            is_pipe: true,
        }
    }

    /// Waits until every lane has written its last packet. The lanes must be closed.
    pub(crate) fn report(self) -> Report {
        let mut report = Report {
            name: self.name,
            packets: 0,
            missed: 0,
            ended: Ended::NoReader,
            is_pipe: self.is_pipe,
            left: Vec::new(),
        };
        for queue in self.lanes.all() {
            let result = queue.finish();
            report.packets += result.written;
            report.missed += result.missed;
            report.left.extend(result.left);
            if !matches!(report.ended, Ended::Whole) {
                report.ended = result.ended;
            }
        }
        report
    }
}

/// Writes the packets of a queue on a thread of its own, until the reader leaves or the
/// queue is closed.
pub(crate) fn serve(queue: Arc<Queue>, mut sink: impl Sink + Send + 'static) {
    thread::spawn(move || {
        let ended = write_all(&queue, &mut sink).unwrap_or_else(Ended::Failed);
        let left = match ended {
            Ended::Whole => Vec::new(),
            _ => sink.leave(),
        };
        // The reader sees the end of the stream before the report says so.
        drop(sink);
        queue.end(ended, left);
    });
}

fn write_all(queue: &Queue, sink: &mut impl Sink) -> Result<Ended, WriteError> {
    loop {
        match queue.next() {
            Next::Begin(header) => match sink.begin(&header) {
                Err(error) if reader_left(&error) => return Ok(Ended::NoReader),
                begun => begun?,
            },
            Next::Write(batch) => match sink.write(&batch) {
                Err(error) if reader_left(&error) => return Ok(Ended::ReaderLeft),
                written => {
                    written?;
                    queue.count(batch.len());
                }
            },
            Next::End { whole: true } => return sink.finish().map(|()| Ended::Whole),
            Next::End { whole: false } => return Ok(Ended::GivenUp),
        }
    }
}
