//! One CPU for each guest: QEMU's own threads race for the guest's clock
//! otherwise, and results differ by a microsecond now and then.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::sync::atomic::{AtomicUsize, Ordering};

use nix::fcntl::{Flock, FlockArg};
use nix::libc::{O_DIRECTORY, O_NOFOLLOW};
use nix::sched::{CpuSet, sched_getaffinity};
use nix::unistd::Pid;

use super::error::{Doing, VmError};

/// The CPU that a guest runs on.
#[derive(Debug)]
pub(crate) struct CpuClaim {
    set: CpuSet,
    /// Held while no other guest runs on it, whose-ever it is.
    lock: Option<Flock<File>>,
    /// Whether there is none but this one for the rest of the machine.
    is_last: bool,
}

impl CpuClaim {
    /// One that has no guest yet, if there is such a one.
    pub(crate) fn new() -> Result<Self, VmError> {
        let doing = || "choosing a CPU for the guest".to_owned();
        let allowed = sched_getaffinity(Pid::from_raw(0)).doing(doing)?;
        let allowed: Vec<usize> = (0..CpuSet::count())
            .filter(|cpu| allowed.is_set(*cpu).unwrap_or(false))
            .collect();
        let free = allowed.iter().find_map(|cpu| Some((*cpu, lock(*cpu)?)));
        let (cpu, lock) = match free {
            Some((cpu, lock)) => (cpu, Some(lock)),
            // More guests than CPUs: some share one.
            None => {
                static GUESTS: AtomicUsize = AtomicUsize::new(0);
                let guest = std::process::id() as usize + GUESTS.fetch_add(1, Ordering::Relaxed);
                let Some(cpu) = allowed.get(guest % allowed.len().max(1)) else {
                    return Err(nix::errno::Errno::ENODEV).doing(doing);
                };
                (*cpu, None)
            }
        };
        let mut set = CpuSet::new();
        set.set(cpu)
            .doing(|| format!("choosing CPU {cpu} for the guest"))?;
        Ok(Self {
            set,
            lock,
            is_last: allowed.last() == Some(&cpu),
        })
    }

    pub(crate) fn set(&self) -> CpuSet {
        self.set
    }

    /// Whether the guest may keep everything else from it: no other guest is there,
    /// and the rest of the machine has another.
    pub(crate) fn may_be_filled(&self) -> bool {
        self.lock.is_some() && !self.is_last
    }
}

/// Locks the CPU's own folder in sysfs: it is there for all users, only the kernel
/// can put anything else in its place, and the lock ends with its process. A
/// stranger who holds it takes nothing but the CPU's choice.
fn lock(cpu: usize) -> Option<Flock<File>> {
    let folder = OpenOptions::new()
        .read(true)
        .custom_flags(O_DIRECTORY | O_NOFOLLOW)
        .open(format!("/sys/devices/system/cpu/cpu{cpu}"))
        .ok()?;
    Flock::lock(folder, FlockArg::LockExclusiveNonblock).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_guests_have_a_cpu_to_themselves() {
        let one = lock(0);
        assert!(lock(0).is_none());
        drop(one);
    }
}
