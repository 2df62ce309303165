//! An output, and its final state.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use pcapng::{CapturedPacket, WriteError};

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

    /// It is whole.
    fn finish(&mut self) -> Result<(), WriteError> {
        Ok(())
    }

    /// It is not, and will not be. Tells where what was written by then has been
    /// left.
    fn leave(&mut self) -> Vec<PathBuf> {
        Vec::new()
    }
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
    /// Whether it is a named pipe, whose readers come and go.
    pub is_pipe: bool,
    /// Where files are that are not whole, and so have not got their names.
    pub left: Vec<PathBuf>,
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
    /// There will not be all that it should have.
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

/// Writes what waits, on a thread of its own, until the reader leaves or nothing
/// more will come.
pub(crate) fn serve(queue: Arc<Queue>, mut sink: impl Sink + Send + 'static) {
    thread::spawn(move || {
        let ended = write_all(&queue, &mut sink).unwrap_or_else(Ended::Failed);
        let left = match ended {
            Ended::Whole => Vec::new(),
            _ => sink.leave(),
        };
        // Its reader sees the end before anybody else hears of it.
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
