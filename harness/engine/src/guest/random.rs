//! Another seed: a resumed machine's random numbers are those of the saved
//! one, until something else is mixed in.
#![allow(unsafe_code)]

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::fd::AsRawFd;

use nix::errno::Errno;
use nix::libc;

// linux/random.h: RNDRESEEDCRNG is _IO('R', 0x07).
nix::ioctl_none!(reseed_crng, b'R', 0x07);

/// Waits until the kernel's generator is seeded, out of the jitter of its own
/// instructions, which under virtual time is the same at every boot.
pub(super) fn make_ready() -> io::Result<()> {
    let mut byte = [0; 1];
    // SAFETY: the buffer is as long as is said.
    let got = unsafe { libc::getrandom(byte.as_mut_ptr().cast(), byte.len(), 0) };
    Errno::result(got)?;
    Ok(())
}

/// Mixes `seed` into the kernel's random numbers, from the next one on.
///
/// The kernel refuses to reseed before it is [ready](make_ready).
pub(super) fn mix_in(seed: u64) -> io::Result<()> {
    let mut pool = OpenOptions::new().write(true).open("/dev/urandom")?;
    pool.write_all(&seed.to_le_bytes())?;
    // What is written enters the pool; only reseeding brings it to the readers.
    // SAFETY: the request takes no argument and `pool` is open.
    unsafe { reseed_crng(pool.as_raw_fd()) }?;
    Ok(())
}
