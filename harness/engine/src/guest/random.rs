//! Another seed: a resumed machine's random numbers are those of the saved
//! one, until something else is mixed in.
#![allow(unsafe_code)]

use std::fs::OpenOptions;
use std::io::{self, Write};

// linux/random.h: RNDRESEEDCRNG is _IO('R', 0x07).
nix::ioctl_none!(reseed_crng, b'R', 0x07);

/// Mixes `seed` into the kernel's random numbers, from the next one on.
pub(super) fn mix_in(seed: u64) -> io::Result<()> {
    use std::os::fd::AsRawFd;
    let mut pool = OpenOptions::new().write(true).open("/dev/urandom")?;
    pool.write_all(&seed.to_le_bytes())?;
    // What is written enters the pool; only reseeding brings it to the readers.
    // SAFETY: the request takes no argument and `pool` is open.
    unsafe { reseed_crng(pool.as_raw_fd()) }?;
    Ok(())
}
