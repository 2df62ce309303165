//! One CPU for each guest. On several CPUs QEMU's own threads would race for the guest's
//! clock, and results would differ by a microsecond now and then.

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
    /// The lock on the CPU, against guests of any user. `None` if another guest has it.
    lock: Option<Flock<File>>,
    /// Whether this is the last of the allowed CPUs. That one is left to the rest of the
    /// machine when guests fill the others.
    is_last: bool,
}

impl CpuClaim {
    /// Claims a CPU that has no guest yet, or shares one if every CPU has a guest.
    pub(crate) fn new() -> Result<Self, VmError> {
        let doing = || "choosing a CPU for the guest".to_owned();
        let allowed = sched_getaffinity(Pid::from_raw(0)).doing(doing)?;
        let allowed: Vec<usize> = (0..CpuSet::count())
            .filter(|cpu| allowed.is_set(*cpu).unwrap_or(false))
            .collect();
        let free = allowed.iter().find_map(|cpu| Some((*cpu, lock(*cpu)?)));
        let (cpu, lock) = match free {
            Some((cpu, lock)) => (cpu, Some(lock)),
            // There are more guests than CPUs, so some guests share a CPU.
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

    /// Whether the guest may keep everything else off the CPU: no other guest is on it, and
    /// the rest of the machine has another CPU.
    pub(crate) fn may_be_filled(&self) -> bool {
        self.lock.is_some() && !self.is_last
    }
}

/// Locks the CPU's folder in sysfs. All users can open this folder, only the kernel can
/// replace it, and the lock ends with its process. A stranger who holds the lock only
/// keeps guests from having this CPU to themselves.
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
