//! Process groups: ends a program together with all programs that it started.

use std::io;
use std::process::{Child, ExitStatus};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use nix::sys::signal::{Signal, killpg};
use nix::sys::wait::{Id, WaitPidFlag, waitid};
use nix::unistd::Pid;

/// Kills a child that leads a process group, and the rest of its group. Call this before
/// waiting for the child: until the wait, no other process can get the child's number.
pub fn kill_group(child: &Child) {
    // The group may have ended already.
    let _ = killpg(pid(child), Signal::SIGKILL);
}

/// Kills a child with its group, and returns the child's status. A child that has already
/// ended keeps the status of its own end. Call this once.
///
/// # Errors
///
/// If the system does not report the status.
pub fn end(child: &mut Child) -> io::Result<ExitStatus> {
    kill_group(child);
    child.wait()
}

/// Kills a child with its group after this time, unless the child has ended.
pub fn end_after(child: &Child, limit: Duration) -> TimeLimit {
    let (words, heard) = channel();
    let ended = words.clone();
    on_end(child, move || ended.send(Word::Ended).is_ok());
    let group = pid(child);
    let has_struck = Arc::new(AtomicBool::new(false));
    let strikes = Arc::clone(&has_struck);
    std::thread::spawn(move || {
        let mut limit = Some(limit);
        loop {
            let word = match limit {
                Some(limit) => heard.recv_timeout(limit),
                None => heard.recv().map_err(RecvTimeoutError::from),
            };
            match word {
                Ok(Word::Within(other)) => limit = other,
                Ok(Word::Ended) => return,
                Err(_) => break,
            }
        }
        strikes.store(true, Ordering::Relaxed);
        let _ = killpg(group, Signal::SIGKILL);
    });
    TimeLimit { words, has_struck }
}

/// The time limit of a child. The limit stays in force when this value is dropped.
#[derive(Clone, Debug)]
pub struct TimeLimit {
    words: Sender<Word>,
    has_struck: Arc<AtomicBool>,
}

#[derive(Debug)]
enum Word {
    Ended,
    Within(Option<Duration>),
}

impl TimeLimit {
    /// Sets another limit, counted from now, or none.
    pub fn within(&self, limit: Option<Duration>) {
        // A child that has ended needs no limit.
        let _ = self.words.send(Word::Within(limit));
    }

    /// Whether the child was killed because of its limit.
    #[must_use]
    pub fn has_struck(&self) -> bool {
        self.has_struck.load(Ordering::Relaxed)
    }
}

/// A channel that reports the child's end, without taking its status.
pub fn watch(child: &Child) -> Receiver<()> {
    let (ended, end) = channel();
    on_end(child, move || ended.send(()).is_ok());
    end
}

/// Calls `tell` on a new thread when the child has ended, without taking its status.
pub fn on_end(child: &Child, tell: impl FnOnce() -> bool + Send + 'static) {
    let child = pid(child);
    std::thread::spawn(move || {
        let how = WaitPidFlag::WEXITED | WaitPidFlag::WNOWAIT;
        while waitid(Id::Pid(child), how) == Err(nix::errno::Errno::EINTR) {}
        tell()
    });
}

fn pid(child: &Child) -> Pid {
    // The number of a process is a pid_t.
    Pid::from_raw(child.id().cast_signed())
}
