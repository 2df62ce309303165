//! A running QEMU: its events, and the commands that it is given.

use std::io::PipeReader;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::mpsc::Receiver;
use std::time::Duration;

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use process::Tail;
use serde_json::Value;

use super::cpu::CpuClaim;
use super::deadline::Deadline;
use super::error::{Doing, VmError};
use super::lines::Lines;
use super::priority;
use super::qmp::{Answer, Qmp};
use crate::leash::Leash;

/// A running QEMU. When the value is dropped, QEMU ends with all its children.
#[derive(Debug)]
pub(super) struct Vm {
    leash: Leash,
    qmp: Qmp,
    progress: Lines<PipeReader>,
    console: Tail<PipeReader>,
    log: Tail<PipeReader>,
}

/// An event of a running machine.
#[derive(Debug)]
pub(super) enum Event {
    Progress(String),
    Qmp(Value),
    /// QEMU ended. The status is `None` if QEMU was killed.
    Exited(Option<i32>),
    DeadlinePassed,
}

impl Vm {
    pub(super) fn new(
        leash: Leash,
        qmp: UnixStream,
        progress: PipeReader,
        console: PipeReader,
        log: PipeReader,
    ) -> Self {
        Self {
            leash,
            qmp: Qmp::new(qmp),
            progress: Lines::new(progress),
            console: Tail::of(console),
            log: Tail::of(log),
        }
    }

    /// The next event, or that the deadline has passed. Output without end does not
    /// postpone the deadline.
    pub(super) fn next_event(&mut self, deadline: Deadline) -> Result<Event, VmError> {
        loop {
            if deadline.has_passed() {
                return Ok(Event::DeadlinePassed);
            }
            if let Some(line) = self.progress.next_line() {
                return Ok(Event::Progress(line));
            }
            if let Some(event) = self.qmp.next_event() {
                return Ok(Event::Qmp(event));
            }
            if self.qmp.ended() && self.progress.ended() {
                return self.reap(deadline);
            }
            self.listen(deadline)?;
        }
    }

    /// Waits until one of QEMU's streams is readable or the deadline passes. Then reads
    /// from the streams that are readable.
    fn listen(&mut self, deadline: Deadline) -> Result<(), VmError> {
        let doing = || "waiting for qemu".to_owned();
        let [qmp, progress, console, log] = {
            let streams = [
                (!self.qmp.ended()).then(|| self.qmp.source().as_fd()),
                (!self.progress.ended()).then(|| self.progress.source().as_fd()),
                (!self.console.ended()).then(|| self.console.source().as_fd()),
                (!self.log.ended()).then(|| self.log.source().as_fd()),
            ];
            let open = streams.iter().flatten();
            let mut files: Vec<_> = open.map(|it| PollFd::new(*it, PollFlags::POLLIN)).collect();
            // Rounded up, so that the caller does not spin through the last millisecond.
            let left = deadline.left() + Duration::from_millis(1);
            let timeout = PollTimeout::try_from(left).unwrap_or(PollTimeout::MAX);
            match poll(&mut files, timeout) {
                Err(Errno::EINTR) => return Ok(()),
                polled => polled.doing(doing)?,
            };
            let mut ready = files.iter().map(|file| file.any().unwrap_or(false));
            streams.map(|stream| stream.is_some() && ready.next().unwrap_or(false))
        };
        if qmp {
            self.qmp.fill().doing(doing)?;
        }
        if progress {
            self.progress.fill().doing(doing)?;
        }
        if console {
            self.console.fill();
        }
        if log {
            self.log.fill();
        }
        Ok(())
    }

    /// Waits for QEMU's end after its streams have ended: QEMU has probably ended as well,
    /// but not surely.
    fn reap(&mut self, deadline: Deadline) -> Result<Event, VmError> {
        let end: Option<Receiver<()>> = self.leash.with(process::watch);
        if end.is_some_and(|end| end.recv_timeout(deadline.left()).is_err()) {
            return Ok(Event::DeadlinePassed);
        }
        let status = self.leash.reap();
        let status = status.doing(|| "waiting for qemu's end".to_owned())?;
        Ok(Event::Exited(status.and_then(|it| it.code())))
    }

    /// Sends a command and waits for its answer.
    pub(super) fn execute(
        &mut self,
        command: &str,
        arguments: Value,
        deadline: Deadline,
    ) -> Result<(), VmError> {
        let doing = || format!("speaking to qemu ({command})");
        self.qmp.ask(command, arguments).doing(doing)?;
        loop {
            match self.qmp.answer() {
                Some(Answer::Done) => return Ok(()),
                Some(Answer::Refused(reason)) => {
                    return Err(self.failure(format!("`{command}` refused: {reason}")));
                }
                Some(Answer::Gone) if self.leash.is_cut() => {
                    return Err(VmError::Cancelled {
                        partial_output: Vec::new(),
                    });
                }
                Some(Answer::Gone) => return Err(self.failure("it ended early".into())),
                None if deadline.has_passed() => {
                    return Err(self.stuck(format!("qemu's answer to `{command}`"), deadline));
                }
                None => self.listen(deadline)?,
            }
        }
    }

    /// See [`priority::arrange`].
    pub(super) fn arrange(&self, cpu: &CpuClaim) -> bool {
        self.leash
            .with(|child| priority::arrange(child.id(), cpu))
            .unwrap_or(false)
    }

    /// An error that carries the end of QEMU's output.
    pub(super) fn failure(&mut self, reason: String) -> VmError {
        VmError::Qemu {
            reason,
            log: self.log(),
        }
    }

    /// The error for a deadline that has passed.
    pub(super) fn stuck(&mut self, what: String, deadline: Deadline) -> VmError {
        VmError::Stuck {
            what,
            limit: deadline.limit(),
            console: self.console(),
            log: self.log(),
        }
    }

    pub(super) fn is_cut(&self) -> bool {
        self.leash.is_cut()
    }

    pub(super) fn console(&mut self) -> String {
        rest(&mut self.console)
    }

    pub(super) fn log(&mut self) -> String {
        rest(&mut self.log)
    }
}

impl Drop for Vm {
    fn drop(&mut self) {
        self.leash.cut();
    }
}

/// Reads what a stream holds, without waiting. The number of reads is bounded, since a
/// guest may write for ever. Returns the end of the text.
fn rest(tail: &mut Tail<PipeReader>) -> String {
    const MOST: usize = 1000;
    for _ in 0..MOST {
        let mut files = [PollFd::new(tail.source().as_fd(), PollFlags::POLLIN)];
        let ready = poll(&mut files, PollTimeout::ZERO).is_ok_and(|ready| ready > 0);
        if !ready || tail.ended() {
            break;
        }
        tail.fill();
    }
    tail.text()
}
