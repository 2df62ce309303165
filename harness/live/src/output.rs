//! An output, and the report of its end.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use super::lanes::Lanes;
use super::pipe;
use super::queue::{Ended, WhenFull};
use super::sink::{Sink, serve};

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
    /// How the output ended. A named pipe is whole if one reader got everything; otherwise
    /// the end of the reader that came last counts.
    pub ended: Ended,
    /// Whether the output is a named pipe, whose readers come and go.
    pub is_pipe: bool,
    /// The drafts of files that are not whole, and so did not get their names.
    pub left: Vec<PathBuf>,
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
