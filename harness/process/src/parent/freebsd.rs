//! The signal that FreeBSD sends a child when its parent ends (procctl(2)).

#![allow(unsafe_code)]

use std::io;

use nix::libc;

pub(crate) fn die_with_parent() -> io::Result<()> {
    let mut signal = libc::SIGKILL;
    // SAFETY: the request's argument is an int (procctl(2)).
    let result = unsafe {
        libc::procctl(
            libc::P_PID,
            0,
            libc::PROC_PDEATHSIG_CTL,
            (&raw mut signal).cast(),
        )
    };
    if result < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}
