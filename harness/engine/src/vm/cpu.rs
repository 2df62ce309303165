//! One CPU for each guest: QEMU's own threads race for the guest's clock
//! otherwise, and results differ by a microsecond now and then.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};

use nix::fcntl::{Flock, FlockArg};
use nix::sched::{CpuSet, sched_getaffinity};
use nix::unistd::{Pid, Uid};

use super::error::{Doing, VmError};

/// A CPU that no other guest of this user runs on.
#[derive(Debug)]
pub(super) struct CpuClaim {
    set: CpuSet,
    _lock: Flock<File>,
}

impl CpuClaim {
    pub(super) fn new() -> Result<Self, VmError> {
        let doing = || "choosing a CPU for the guest".to_owned();
        let allowed = sched_getaffinity(Pid::from_raw(0)).doing(doing)?;
        let allowed: Vec<usize> = (0..CpuSet::count())
            .filter(|cpu| allowed.is_set(*cpu).unwrap_or(false))
            .collect();
        for cpu in &allowed {
            let file = lock_file(*cpu).doing(doing)?;
            if let Ok(lock) = Flock::lock(file, FlockArg::LockExclusiveNonblock) {
                return Self::on(*cpu, lock);
            }
        }
        // More guests than CPUs. Two on one CPU would take turns in the middle
        // of what they do, and each turn can shift a guest's clock by some
        // nanoseconds: the rest wait for their turn.
        let process = std::process::id() as usize;
        let Some(cpu) = allowed.get(process % allowed.len().max(1)) else {
            return Err(nix::errno::Errno::ENODEV).doing(doing);
        };
        let file = lock_file(*cpu).doing(doing)?;
        match Flock::lock(file, FlockArg::LockExclusive) {
            Ok(lock) => Self::on(*cpu, lock),
            Err((_, error)) => Err(error).doing(doing),
        }
    }

    fn on(cpu: usize, lock: Flock<File>) -> Result<Self, VmError> {
        let mut set = CpuSet::new();
        set.set(cpu)
            .doing(|| format!("choosing CPU {cpu} for the guest"))?;
        Ok(Self { set, _lock: lock })
    }

    pub(super) fn set(&self) -> CpuSet {
        self.set
    }
}

/// Outside of every cache: guests of different caches share the CPUs too.
fn lock_file(cpu: usize) -> io::Result<File> {
    let folder = std::env::temp_dir().join(format!("sctp-lab-cpus-{}", Uid::current()));
    match DirBuilder::new().mode(0o700).create(&folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(folder.join(cpu.to_string()))
}
