//! A named pipe: readers come and go.

use std::fs::{File, OpenOptions};
use std::io::{self, PipeReader};
use std::os::fd::AsFd;
use std::path::Path;
use std::sync::atomic::AtomicU64;
use std::thread;

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use wire::pcapng::WriteError;

use super::output::{Ended, serve};
use super::queue::Queue;
use super::stream::Stream;

/// Serves one reader after the other, each from its own beginning, until nothing
/// more will come.
pub(crate) fn serve_readers(
    path: &Path,
    queue: &Queue,
    packets: &AtomicU64,
) -> Result<Ended, WriteError> {
    loop {
        // Waits for a reader. If the end comes first, it waits until the process
        // ends, and nobody waits for it.
        let pipe = OpenOptions::new().write(true).open(path)?;
        if queue.is_closed() {
            return Ok(Ended::ReaderLeft);
        }
        queue.attach();
        let ended = serve_one(&pipe, queue, packets)?;
        if let Ended::Whole = ended {
            return Ok(ended);
        }
        queue.detach();
    }
}

/// As long as both ends are open, the kernel keeps what a reader that has left
/// has not read, for the next one, who could make nothing of it. So this end is
/// closed as soon as the reader leaves, and not at the next packet.
fn serve_one(pipe: &File, queue: &Queue, packets: &AtomicU64) -> Result<Ended, WriteError> {
    let (served, serving) = io::pipe()?;
    thread::scope(|scope| {
        scope.spawn(move || {
            if has_left(pipe, &served) {
                queue.detach();
            }
        });
        let ended = serve(queue, packets, &mut Stream::new(pipe));
        drop(serving);
        ended
    })
}

/// Waits until the pipe has no reader any more, or its service is over; whether
/// it was the former.
fn has_left(pipe: &File, served: &PipeReader) -> bool {
    let mut files = [
        // An error is reported whether it is asked for or not.
        PollFd::new(pipe.as_fd(), PollFlags::empty()),
        PollFd::new(served.as_fd(), PollFlags::POLLIN),
    ];
    while let Err(nix::errno::Errno::EINTR) = poll(&mut files, PollTimeout::NONE) {}
    files[0].any().unwrap_or(false) && !files[1].any().unwrap_or(false)
}
