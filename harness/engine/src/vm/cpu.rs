//! One CPU for each guest: QEMU's own threads race for the guest's clock
//! otherwise, and results differ by a microsecond now and then.

use std::fs::File;

use nix::fcntl::{Flock, FlockArg};
use nix::sched::{CpuSet, sched_getaffinity};
use nix::unistd::Pid;

use super::cache::Cache;
use super::error::{Doing, VmError};

/// A CPU that no other guest of this cache runs on.
#[derive(Debug)]
pub(super) struct CpuClaim {
    set: CpuSet,
    _lock: Flock<File>,
}

impl CpuClaim {
    pub(super) fn new(cache: &Cache) -> Result<Self, VmError> {
        let doing = || "choosing a CPU for the guest".to_owned();
        let allowed = sched_getaffinity(Pid::from_raw(0)).doing(doing)?;
        let allowed: Vec<usize> = (0..CpuSet::count())
            .filter(|cpu| allowed.is_set(*cpu).unwrap_or(false))
            .collect();
        for cpu in &allowed {
            let file = cache.cpu_lock(*cpu).doing(doing)?;
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
        let file = cache.cpu_lock(*cpu).doing(doing)?;
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
