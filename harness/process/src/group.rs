//! A program and all that it has started.

use std::io;
use std::process::{Child, ExitStatus};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use nix::sys::signal::{Signal, killpg};
use nix::sys::wait::{Id, WaitPidFlag, waitid};
use nix::unistd::Pid;

/// Kills a child that leads a process group, and the rest of its group.
///
/// To be called before the child is waited for: until then nobody else can have
/// its number.
pub fn kill_group(child: &Child) {
    // A group that is gone needs no more.
    let _ = killpg(pid(child), Signal::SIGKILL);
}

/// Kills a child with its group, and takes its status: that of its own end, if it has
/// ended and only its group has not. To be called once.
///
/// # Errors
///
/// If the system cannot say.
pub fn end(child: &mut Child) -> io::Result<ExitStatus> {
    kill_group(child);
    child.wait()
}

/// Kills a child with its group once so much time has gone by, unless it has ended.
pub fn end_after(child: &Child, limit: Duration) {
    let end = watch(child);
    let group = pid(child);
    std::thread::spawn(move || {
        if end.recv_timeout(limit).is_err() {
            let _ = killpg(group, Signal::SIGKILL);
        }
    });
}

/// Hears of the child's end, without taking its status.
pub fn watch(child: &Child) -> Receiver<()> {
    let child = pid(child);
    let (ended, end) = channel();
    std::thread::spawn(move || {
        let how = WaitPidFlag::WEXITED | WaitPidFlag::WNOWAIT;
        while waitid(Id::Pid(child), how) == Err(nix::errno::Errno::EINTR) {}
        let _ = ended.send(());
    });
    end
}

fn pid(child: &Child) -> Pid {
    // A process's number is a pid_t.
    Pid::from_raw(child.id().cast_signed())
}
