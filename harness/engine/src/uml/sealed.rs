//! Hides properties of the host from a kernel, so that its runs do not depend on them.
#![allow(unsafe_code)]

use std::io;

use nix::errno::Errno;
use nix::libc::{self, c_long, sock_filter, sock_fprog};
use nix::sys::personality::{self, Persona};

/// Refuses this process, and the program that it executes, the host's random numbers and
/// random addresses.
///
/// User Mode Linux seeds its generator by getrandom(2) (arch/um/os-Linux/util.c,
/// `os_getrandom`), and boots without these numbers if the call fails. Programs of the
/// guest ask the guest's kernel: their calls never reach the host.
///
/// May be called between fork and exec, since it makes only system calls.
pub(super) fn seal() -> io::Result<()> {
    // Otherwise User Mode Linux would switch the random addresses off itself, and then
    // execute itself once more (arch/um/os-Linux/main.c).
    personality::set(Persona::ADDR_NO_RANDOMIZE)?;
    // Without root, only a process that can gain no privileges may set a filter.
    // SAFETY: this request takes only numbers.
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

/// Offset of the system call's number (linux/seccomp.h, `struct seccomp_data`).
const NUMBER: u32 = 0;

/// The filter: getrandom(2) fails with ENOSYS, and every other system call is allowed.
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
