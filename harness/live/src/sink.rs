//! A place that packets are written to, on a thread of its own.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use pcapng::{CapturedPacket, WriteError};

use super::error::reader_left;
use super::header::Header;
use super::queue::{Ended, Next, Queue};

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
