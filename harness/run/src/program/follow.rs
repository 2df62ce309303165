//! Follows the output and the end of a running program.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, ExitStatus};
use std::rc::Rc;

use nix::sys::signal::Signal;
use recording::{Event, Output, ProgramEnd};
use scenario::EndpointName;
use tokio::sync::{Notify, oneshot};

use super::lines::Lines;
use super::watch::Watch;
use crate::journal::Journal;

/// The most lines of a program that are kept: the journal is in memory.
const MOST_LINES: u32 = 10_000;

/// A running program, with what the lab reads of it.
pub(super) struct Followed {
    pub(super) endpoint: EndpointName,
    pub(super) journal: Rc<Journal>,
    pub(super) child: Rc<RefCell<Option<Child>>>,
    /// Notified when the program is gone.
    pub(super) gone: Rc<Notify>,
    pub(super) watch: Rc<Watch>,
    pub(super) streams: [Lines; 2],
    /// Resolves when the program has ended.
    pub(super) end: oneshot::Receiver<()>,
}

impl Followed {
    /// Notes every line that the program writes, and its end.
    pub(super) async fn follow(mut self) {
        let [out, err] = &mut self.streams;
        let mut has_ended = false;
        let endpoint = self.endpoint.to_string();
        let mut kept = 0;
        let mut show = |stream: Output, line: String| {
            kept += 1;
            let line = match kept.cmp(&MOST_LINES) {
                Ordering::Less => line,
                Ordering::Equal => "(what it writes from here on is left out)".to_owned(),
                Ordering::Greater => return,
            };
            self.journal.note(Event::Output {
                endpoint: endpoint.clone(),
                stream,
                line,
            });
        };
        while !has_ended || out.is_open() || err.is_open() {
            tokio::select! {
                biased;
                () = out.readable() => out.take(&mut show),
                () = err.readable() => err.take(&mut show),
                _ = &mut self.end, if !has_ended => {
                    has_ended = true;
                    // A program that has ended has written all its output into the pipes.
                    for stream in [&mut *out, &mut *err] {
                        stream.take(&mut show);
                        stream.finish(&mut show);
                    }
                    // Processes that the program has left in its group are killed with it.
                    let Some(mut child) = self.child.take() else { return };
                    let status = process::end(&mut child);
                    self.watch.ended();
                    self.journal.note(Event::ProgramEnded {
                        endpoint: endpoint.clone(),
                        end: how(status),
                    });
                    self.gone.notify_one();
                }
            }
        }
    }
}

fn how(status: io::Result<ExitStatus>) -> ProgramEnd {
    let unknown = |why: String| ProgramEnd::Unknown { why };
    let status = match status {
        Ok(status) => status,
        Err(error) => return unknown(error.to_string()),
    };
    match (status.code(), status.signal()) {
        (Some(status), _) => ProgramEnd::Exited { status },
        (None, Some(number)) => match Signal::try_from(number) {
            Ok(signal) => ProgramEnd::Signalled {
                signal: signal.to_string(),
            },
            Err(_) => unknown(format!("signal {number}")),
        },
        (None, None) => unknown(status.to_string()),
    }
}
