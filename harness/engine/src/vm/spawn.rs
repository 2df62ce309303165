//! Starting QEMU so that it dies with this process, whatever kills it.
#![allow(unsafe_code)]

use std::fs;
use std::io;
use std::os::fd::{AsRawFd, RawFd};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, OnceLock, PoisonError};

use nix::errno::Errno;
use nix::fcntl::{FcntlArg, FdFlag, fcntl};
use nix::libc;
use nix::sched::{CpuSet, sched_setaffinity};
use nix::unistd::{Pid, getppid};

use super::orphan::die_with_parent;

type Reply = Sender<io::Result<Child>>;

/// Starts `command` on the CPUs of `set`, with the files of `inherited` open
/// under the numbers they have here.
///
/// It gets a process group of its own: Ctrl-C is for the lab, which then ends
/// QEMU.
pub(super) fn spawn_tied(
    mut command: Command,
    set: CpuSet,
    inherited: &[&dyn AsRawFd],
) -> io::Result<Child> {
    let parent = Pid::this();
    let inherited: Vec<RawFd> = inherited.iter().map(|file| file.as_raw_fd()).collect();
    command.process_group(0);
    // SAFETY: between fork and exec only system calls are made; nothing
    // allocates or locks.
    unsafe {
        command.pre_exec(move || {
            die_with_parent()?;
            if getppid() != parent {
                return Err(Errno::ESRCH.into()); // it died before the line above
            }
            sched_setaffinity(Pid::from_raw(0), &set)?;
            for fd in &inherited {
                let fd = std::os::fd::BorrowedFd::borrow_raw(*fd);
                fcntl(fd, FcntlArg::F_SETFD(FdFlag::empty()))?;
            }
            Ok(())
        });
    }
    let (reply, answer) = channel();
    spawner()
        .send((command, reply))
        .map_err(|_| io::Error::other("the thread that starts processes is gone"))?;
    answer
        .recv()
        .map_err(|_| io::Error::other("the thread that starts processes is gone"))?
}

/// Has QEMU run before everything else on its CPU, and its main loop before its
/// other threads, as far as this user may: on Linux that takes root.
///
/// The thread that runs the guest wakes the main loop for every timer that the
/// guest sets. If the main loop comes to run only later, it may do so between
/// a HLT of the guest and the moment at which that instruction is counted. It
/// then takes the guest for idle, and the guest's clock jumps some nanoseconds
/// too far (accel/tcg/tcg-accel-ops-rr.c, softmmu/icount.c): about one run in
/// thirty differed in this way. With the main loop alone put first one in a
/// hundred still did, on a busy machine whose kernel now and then lets ordinary
/// threads run before others so that they do not starve (kernel/sched/deadline.c,
/// `dl_server`). For the same reason the rest of the machine does not starve now.
pub(super) fn put_first(qemu: u32) {
    let threads = fs::read_dir(format!("/proc/{qemu}/task"));
    let names = threads.into_iter().flatten().flatten();
    let ids = names.filter_map(|thread| thread.file_name().to_str()?.parse().ok());
    ids.for_each(|thread| set_priority(thread, 1));
    if let Ok(main_loop) = libc::pid_t::try_from(qemu) {
        set_priority(main_loop, 2);
    }
}

fn set_priority(thread: libc::pid_t, priority: libc::c_int) {
    let priority = libc::sched_param {
        sched_priority: priority,
    };
    // SAFETY: the parameter lives as long as the call. Without the right to it
    // nothing changes.
    unsafe { libc::sched_setscheduler(thread, libc::SCHED_FIFO, &priority) };
}

/// The kernel delivers the parent-death signal when the *thread* that forked
/// ends, so all children are forked by one that never does.
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
