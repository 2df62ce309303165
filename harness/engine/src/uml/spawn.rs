//! Starts a kernel as a process.
#![allow(unsafe_code)]

use std::io::{self, PipeReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use nix::errno::Errno;
use nix::sched::{CpuSet, sched_setaffinity};
use nix::sys::statvfs::{FsFlags, statvfs};
use nix::unistd::{Pid, setsid};

use super::fence;
use super::sealed::seal;
use crate::guest::UML_ARGUMENT;
use crate::vm::spawn::start;

/// Size of the guest's memory, as an argument of the kernel. Memory that the guest does not
/// touch takes none of the host's memory.
const MEMORY: &str = "mem=512M";

/// The time at which every guest begins, in nanoseconds since 1970: 1 January 2026.
const START: &str = "time-travel-start=1767225600000000000";

/// The kernel's command line. It is the same in every run, since the kernel mixes it into
/// its random numbers (drivers/char/random.c, `random_init_early`). The folder of the run,
/// whose name differs, is therefore not named here: it is the kernel's working folder.
const ARGUMENTS: [&str; 16] = [
    MEMORY,
    "root=/dev/root",
    "rootfstype=hostfs",
    "rootflags=/",
    "ro",
    "con=null",
    "con0=null,fd:1",
    "con1=null",
    "loglevel=5",
    "panic=-1",
    "time-travel=inf-cpu",
    START,
    "seccomp=on",
    "init=/proc/self/cwd/init",
    "--",
    UML_ARGUMENT,
];

/// Starts a kernel in the run's folder, on these CPUs. Returns the kernel's process and its
/// console.
///
/// The kernel ends with this process, whatever ends this one. The processes in which the
/// kernel runs the guest's programs end with the kernel (arch/um/kernel/skas/stub_exe.c,
/// `PR_SET_PDEATHSIG`).
pub(super) fn spawn(kernel: &Path, folder: &Path, set: CpuSet) -> io::Result<(Child, PipeReader)> {
    let (console, words) = io::pipe()?;
    // The guest's memory must be executable, but some containers mount /dev/shm so that
    // nothing in it may be executed.
    let memory = match may_hold_programs(Path::new(fence::MEMORY)) {
        true => Path::new(fence::MEMORY),
        false => Path::new("."),
    };
    let folders = [folder, Path::new(fence::MEMORY)];
    let mut fence = Some(fence::around(&folders).map_err(io::Error::other)?);
    let mut command = Command::new(kernel);
    command
        .args(ARGUMENTS)
        .current_dir(folder)
        .env_clear()
        // The kernel makes a folder there for its process id and its control socket.
        .env("HOME", ".")
        .env("TMPDIR", memory)
        .stdin(Stdio::null())
        .stdout(words.try_clone()?)
        .stderr(words);
    process::tie(&mut command);
    // SAFETY: between fork and exec only system calls are made; nothing allocates or
    // locks.
    unsafe {
        command.pre_exec(move || {
            setsid()?;
            sched_setaffinity(Pid::from_raw(0), &set)?;
            seal()?;
            if let Some(fence) = fence.take() {
                fence.restrict_self().map_err(|_| Errno::EACCES)?;
            }
            Ok(())
        });
    }
    Ok((start(command)?, console))
}

fn may_hold_programs(folder: &Path) -> bool {
    statvfs(folder).is_ok_and(|it| !it.flags().contains(FsFlags::ST_NOEXEC))
}
