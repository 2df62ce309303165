//! Standard output and standard error. All output goes through here, so that no loss goes
//! unnoticed: see [`lost`].

mod closed;

use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;

/// Results.
pub(crate) static OUT: Stream = Stream::new(1);
/// Errors and messages beside the results.
pub(crate) static ERR: Stream = Stream::new(2);

/// A standard stream and its state.
pub(crate) struct Stream {
    number: i32,
    state: Mutex<State>,
}

struct State {
    /// Whether any output was written.
    delivered: bool,
    /// Whether nothing more can be written.
    over: bool,
    /// The error that lost some output.
    lost: Option<io::Error>,
}

/// The lost output, in words: on a full disk, to a pipe without a reader, on a stream
/// that was closed at the start. A reader that has read something and closes the stream
/// has lost nothing.
pub(crate) fn lost() -> Vec<String> {
    let streams = [(&OUT, "standard output"), (&ERR, "standard error")];
    let lost = streams.iter().filter_map(|(stream, name)| {
        let state = stream.lock();
        Some(format!("{name}: {}", state.lost.as_ref()?))
    });
    lost.collect()
}

impl Stream {
    const fn new(number: i32) -> Self {
        Self {
            number,
            state: Mutex::new(State {
                delivered: false,
                over: false,
                lost: None,
            }),
        }
    }

    /// Prints a result or an error.
    pub(crate) fn print(&self, text: &str) {
        let mut state = self.lock();
        if let Err(error) = self.put(&mut state, text.as_bytes()) {
            let is_left = error == Errno::PIPE && state.delivered;
            if !is_left && state.lost.is_none() {
                state.lost = Some(error.into());
            }
        }
    }

    /// Prints a progress message, whose loss does not matter.
    pub(crate) fn mention(&self, text: &str) {
        // The loss of a progress message is no error.
        let _ = self.put(&mut self.lock(), text.as_bytes());
    }

    /// Whether the stream still has a reader.
    pub(crate) fn is_open(&self) -> bool {
        !self.lock().over && !closed::at_the_start(self.number)
    }

    fn put(&self, state: &mut State, bytes: &[u8]) -> Result<(), Errno> {
        if bytes.is_empty() || state.over {
            return Ok(());
        }
        let written = match closed::at_the_start(self.number) {
            true => Err(Errno::BADF),
            false => match self.number {
                1 => write_all(io::stdout().as_fd(), bytes, &mut state.delivered),
                _ => write_all(io::stderr().as_fd(), bytes, &mut state.delivered),
            },
        };
        state.over = written.is_err();
        written
    }

    /// A panic elsewhere leaves the state consistent: each change is one step.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The standard library's own streams hide some errors, and panic at others.
fn write_all(to: BorrowedFd<'_>, mut bytes: &[u8], delivered: &mut bool) -> Result<(), Errno> {
    while !bytes.is_empty() {
        match rustix::io::write(to, bytes) {
            Ok(length) => {
                *delivered |= length > 0;
                bytes = bytes.get(length..).unwrap_or_default();
            }
            Err(Errno::INTR) => {}
            // Another process with the same stream has set it non-blocking.
            Err(Errno::AGAIN) => {
                let _ = poll(&mut [PollFd::from_borrowed_fd(to, PollFlags::OUT)], None);
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
