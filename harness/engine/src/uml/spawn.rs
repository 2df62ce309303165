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

/// Size of the guest's memory, in the kernel's own words. What is not touched takes none
/// of the host's.
const MEMORY: &str = "mem=512M";

/// When every guest begins, in nanoseconds since 1970: the first of January 2026.
const START: &str = "time-travel-start=1767225600000000000";

/// The command line. It is the same in every run, for the kernel mixes it into its random
/// numbers (drivers/char/random.c, `random_init_early`): the folder of the run, which
/// differs, is its working folder.
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

/// Starts it in the run's folder, on this CPU. Gives its console, too.
///
/// It ends with this process, whatever ends that. The processes that it runs its own
/// programs in end with it (arch/um/kernel/skas/stub_exe.c, `PR_SET_PDEATHSIG`).
pub(super) fn spawn(kernel: &Path, folder: &Path, set: CpuSet) -> io::Result<(Child, PipeReader)> {
    let (console, words) = io::pipe()?;
    // A kernel's memory must be executable, which some containers' /dev/shm is not.
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
        // It puts a folder of its own there, with its number and its socket.
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
