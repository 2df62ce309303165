//! Hides properties of the host from a kernel, so that its runs do not depend on them.
#![allow(unsafe_code)]

use std::io;

use nix::errno::Errno;
use nix::libc::{self, c_long, sock_filter, sock_fprog};
use nix::sys::personality::{self, Persona};

/// Refuses this process, and what it becomes, the host's random numbers, and the
/// addresses that the host chooses at random.
///
/// User Mode Linux seeds its generator by getrandom(2) (arch/um/os-Linux/util.c,
/// `os_getrandom`), and does without where that is refused. Programs inside of it ask
/// their own kernel: their calls never reach the host.
///
/// To be called between fork and exec: it makes system calls only.
pub(super) fn seal() -> io::Result<()> {
    // It would do so itself, and start itself once more.
    personality::set(Persona::ADDR_NO_RANDOMIZE)?;
    // SAFETY: these requests take numbers; without new privileges whoever is not root
    // may have a filter.
    Errno::result(unsafe { libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) })?;
    let mut filter = FILTER;
    let program = sock_fprog {
        len: FILTER.len() as u16,
        filter: filter.as_mut_ptr(),
    };
    // SAFETY: the kernel copies the filter, which lives as long as the call.
    let set = unsafe {
        libc::prctl(
            libc::PR_SET_SECCOMP,
            libc::SECCOMP_MODE_FILTER,
            &raw const program,
        )
    };
    Errno::result(set)?;
    Ok(())
}

/// Where linux/seccomp.h, `struct seccomp_data`, has the number of the call.
const NUMBER: u32 = 0;

/// If it is getrandom(2), it is not there; else it may be called.
const FILTER: [sock_filter; 4] = [
    instruction(libc::BPF_LD | libc::BPF_W | libc::BPF_ABS, 0, 0, NUMBER),
    instruction(
        libc::BPF_JMP | libc::BPF_JEQ | libc::BPF_K,
        0,
        1,
        number(libc::SYS_getrandom),
    ),
    instruction(
        libc::BPF_RET | libc::BPF_K,
        0,
        0,
        libc::SECCOMP_RET_ERRNO | libc::ENOSYS as u32,
    ),
    instruction(libc::BPF_RET | libc::BPF_K, 0, 0, libc::SECCOMP_RET_ALLOW),
];

const fn number(call: c_long) -> u32 {
    call as u32
}

const fn instruction(code: u32, yes: u8, no: u8, k: u32) -> sock_filter {
    sock_filter {
        code: code as u16,
        jt: yes,
        jf: no,
        k,
    }
}
