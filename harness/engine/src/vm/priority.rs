//! Has QEMU's main loop run before QEMU's other threads.
//!
//! The thread that runs the guest wakes the main loop for every timer that the guest sets.
//! A main loop that runs late may run between a HLT of the guest and the moment at which
//! that instruction is counted. The main loop then takes the guest for idle, and the
//! guest's clock jumps some nanoseconds too far (QEMU 7.2,
//! accel/tcg/tcg-accel-ops-rr.c, softmmu/icount.c). On a busy machine about one run in
//! thirty differed in this way.
//!
//! So all threads of QEMU share one CPU, and all but the main loop have the policy
//! SCHED_IDLE: an ordinary thread that wakes takes the CPU from such a thread at once, on
//! every kernel (sched(7); kernel/sched/fair.c). QEMU is a session of its own. Where the
//! kernel schedules sessions against each other (`sched_autogroup_enabled`), the policies
//! count only inside the session: QEMU gets as much of the CPU as any other session, takes
//! nothing from the others, and needs no rights.
//!
//! Where control groups are scheduled instead (systemd's, as a rule), SCHED_IDLE threads
//! would starve beside an ordinary program of their group. There QEMU runs before
//! everything else on its CPU (SCHED_FIFO). That needs root, a CPU without another guest,
//! and another CPU for the rest of the machine. Otherwise a run is not exact, and its
//! recording says so.

use super::cpu::CpuClaim;

/// Sets the priorities of QEMU's threads, all of which must have started. Returns whether
/// the guest's clock is exact from then on.
pub(super) fn arrange(qemu: u32, cpu: &CpuClaim) -> bool {
    system::arrange(qemu, cpu.may_be_filled())
}

#[cfg(not(target_os = "linux"))]
mod system {
    pub(super) fn arrange(_qemu: u32, _may_fill_cpu: bool) -> bool {
        false
    }
}

#[cfg(target_os = "linux")]
#[allow(unsafe_code)]
mod system {
    use std::fs;
    use std::path::Path;

    use nix::libc;

    pub(super) fn arrange(qemu: u32, may_fill_cpu: bool) -> bool {
        let Ok(main_loop) = libc::pid_t::try_from(qemu) else {
            return false;
        };
        let threads = threads(qemu);
        let mut others = threads.iter().filter(|thread| **thread != main_loop);
        if sessions_are_scheduled() {
            others.all(|thread| set(*thread, libc::SCHED_IDLE, 0))
        } else if may_fill_cpu {
            // SCHED_FIFO for the main loop alone is not enough: one run in a hundred
            // differed. Now and then the kernel lets ordinary threads run before the
            // others, so that they do not starve (kernel/sched/deadline.c, `dl_server`).
            others.all(|thread| set(*thread, libc::SCHED_FIFO, 1))
                && set(main_loop, libc::SCHED_FIFO, 2)
        } else {
            false
        }
    }

    fn threads(process: u32) -> Vec<libc::pid_t> {
        let threads = fs::read_dir(format!("/proc/{process}/task"));
        let names = threads.into_iter().flatten().flatten();
        names
            .filter_map(|thread| thread.file_name().to_str()?.parse().ok())
            .collect()
    }

    fn set(thread: libc::pid_t, policy: libc::c_int, priority: libc::c_int) -> bool {
        let priority = libc::sched_param {
            sched_priority: priority,
        };
        // SAFETY: the parameter lives as long as the call.
        unsafe { libc::sched_setscheduler(thread, policy, &priority) == 0 }
    }

    /// Whether the kernel schedules sessions against each other: it does so only for tasks
    /// of the root control group (kernel/sched/autogroup.c, `task_wants_autogroup`).
    fn sessions_are_scheduled() -> bool {
        let enabled = fs::read_to_string("/proc/sys/kernel/sched_autogroup_enabled");
        let groups = fs::read_to_string("/proc/self/cgroup").unwrap_or_default();
        let has_weight = |folder: &Path| folder.join("cpu.weight").exists();
        enabled.is_ok_and(|it| it.trim() == "1") && is_in_root_group(&groups, has_weight)
    }

    /// `groups` has the form of `/proc/[pid]/cgroup` (cgroups(7)). A group of version 2
    /// that is scheduled has a weight; the root group has none.
    fn is_in_root_group(groups: &str, has_weight: impl Fn(&Path) -> bool) -> bool {
        groups.lines().all(|line| {
            let mut parts = line.splitn(3, ':').skip(1);
            let (Some(controllers), Some(path)) = (parts.next(), parts.next()) else {
                return true;
            };
            if controllers.is_empty() {
                let root = Path::new("/sys/fs/cgroup");
                let group = root.join(path.trim_start_matches('/'));
                let mut groups = group.ancestors().take_while(|it| it.starts_with(root));
                return !groups.any(&has_weight);
            }
            path == "/" || !controllers.split(',').any(|it| it == "cpu")
        })
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_group_with_a_weight_is_scheduled_as_a_whole() {
            let user = "0::/user.slice/user-0.slice/session-1.scope\n";
            let slice = |it: &Path| it == Path::new("/sys/fs/cgroup/user.slice");
            assert!(!is_in_root_group(user, slice));
            assert!(is_in_root_group(user, |_| false));
            // A container sees its own group as the root.
            let here = |it: &Path| it == Path::new("/sys/fs/cgroup");
            assert!(!is_in_root_group("0::/\n", here));
            assert!(is_in_root_group("0::/\n", |_| false));
        }

        #[test]
        fn in_version_1_the_controllers_path_tells() {
            let at = |path: &str| format!("9:memory:/x\n2:cpu,cpuacct:{path}\n0::/x\n");
            assert!(is_in_root_group(&at("/"), |_| false));
            assert!(!is_in_root_group(&at("/docker/1"), |_| false));
        }
    }
}
