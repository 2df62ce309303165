//! Standard output and standard error. All that is printed goes through here, so
//! that nothing that is lost goes unseen: see [`lost`].

mod closed;

use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;

/// Results.
pub(crate) static OUT: Stream = Stream::new(1);
/// Complaints, and what is told beside results.
pub(crate) static ERR: Stream = Stream::new(2);

/// A standard stream, and what became of it.
pub(crate) struct Stream {
    number: i32,
    state: Mutex<State>,
}

struct State {
    /// Whether anything went out.
    delivered: bool,
    /// Whether nothing more can go out.
    over: bool,
    /// Why something that should have gone out did not.
    lost: Option<io::Error>,
}

/// What was lost of what was printed, in words: on a full disk, to a pipe that
/// nobody ever read, by a stream that was closed when the process began. A reader
/// that has read something and leaves has lost nothing.
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

    /// Prints a result or a complaint.
    pub(crate) fn print(&self, text: &str) {
        let mut state = self.lock();
        if let Err(error) = self.put(&mut state, text.as_bytes()) {
            let is_left = error == Errno::PIPE && state.delivered;
            if !is_left && state.lost.is_none() {
                state.lost = Some(error.into());
            }
        }
    }

    /// Prints what is only for who looks on, and no loss.
    pub(crate) fn mention(&self, text: &str) {
        // There is nobody to tell.
        let _ = self.put(&mut self.lock(), text.as_bytes());
    }

    /// Whether it goes on: there is somebody to print for.
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

    /// A panic elsewhere leaves it whole: each change is one step.
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
            // Whoever shares it has asked for that.
            Err(Errno::AGAIN) => {
                let _ = poll(&mut [PollFd::from_borrowed_fd(to, PollFlags::OUT)], None);
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
