//! Starts a guest's process so that it ends with this process, whatever ends this one.
#![allow(unsafe_code)]

use std::io;
use std::os::fd::{AsRawFd, RawFd};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, OnceLock, PoisonError};

use nix::fcntl::{FcntlArg, FdFlag, fcntl};
use nix::sched::{CpuSet, sched_setaffinity};
use nix::unistd::{Pid, setsid};

type Reply = Sender<io::Result<Child>>;

/// Starts `command` on the CPUs of `set`. The files of `inherited` stay open in the new
/// process under the numbers they have here.
///
/// The process gets a session of its own for two reasons. Ctrl-C reaches only the lab,
/// which then ends QEMU; and QEMU's threads are [scheduled](super::priority) among
/// themselves.
pub(crate) fn spawn_tied(
    mut command: Command,
    set: CpuSet,
    inherited: &[&dyn AsRawFd],
) -> io::Result<Child> {
    let inherited: Vec<RawFd> = inherited.iter().map(|file| file.as_raw_fd()).collect();
    process::tie(&mut command);
    // SAFETY: between fork and exec only system calls are made; nothing
    // allocates or locks.
    unsafe {
        command.pre_exec(move || {
            setsid()?;
            sched_setaffinity(Pid::from_raw(0), &set)?;
            for fd in &inherited {
                let fd = std::os::fd::BorrowedFd::borrow_raw(*fd);
                fcntl(fd, FcntlArg::F_SETFD(FdFlag::empty()))?;
            }
            Ok(())
        });
    }
    start(command)
}

/// Starts a command that is [tied](process::tie) to the thread that starts it.
pub(crate) fn start(command: Command) -> io::Result<Child> {
    let (reply, answer) = channel();
    spawner()
        .send((command, reply))
        .map_err(|_| io::Error::other("the thread that starts processes is gone"))?;
    answer
        .recv()
        .map_err(|_| io::Error::other("the thread that starts processes is gone"))?
}

/// The thread that forks all children. It never ends, since the kernel sends the
/// parent-death signal when the *thread* that forked a child ends.
fn spawner() -> Sender<(Command, Reply)> {
    static SPAWNER: OnceLock<Mutex<Sender<(Command, Reply)>>> = OnceLock::new();
    let spawner = SPAWNER.get_or_init(|| {
        let (orders, inbox) = channel::<(Command, Reply)>();
        std::thread::spawn(move || {
            for (mut command, reply) in inbox {
                let _ = reply.send(command.spawn());
            }
        });
        Mutex::new(orders)
    });
    spawner
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone()
}
