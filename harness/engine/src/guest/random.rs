//! Random numbers of the guest. Every machine that is resumed from one saved machine has
//! the same numbers, until a seed is mixed in.
#![allow(unsafe_code)]

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::fd::AsRawFd;

use nix::errno::Errno;
use nix::libc;

// linux/random.h: RNDRESEEDCRNG is _IO('R', 0x07).
nix::ioctl_none!(reseed_crng, b'R', 0x07);

// RNDADDENTROPY is _IOW('R', 0x03, int [2]): the size is that of the struct's head.
nix::ioctl_write_ptr_bad!(
    add_entropy,
    nix::request_code_write!(b'R', 0x03, size_of::<[libc::c_int; 2]>()),
    Entropy
);

/// Waits until the kernel's generator is seeded by the jitter of its own instructions,
/// which under virtual time is the same at every boot.
pub(super) fn make_ready() -> io::Result<()> {
    let mut byte = [0; 1];
    // SAFETY: the buffer is as long as is said.
    let got = unsafe { libc::getrandom(byte.as_mut_ptr().cast(), byte.len(), 0) };
    Errno::result(got)?;
    Ok(())
}

/// Seeds the generator of a kernel that has no entropy yet.
///
/// Apart from the seed, the kernel only adds the time of its clock, which is virtual.
pub(crate) fn credit(seed: u64) -> io::Result<()> {
    let pool = OpenOptions::new().write(true).open("/dev/urandom")?;
    let mut entropy = Entropy {
        bits: 8 * SEED as libc::c_int,
        bytes: SEED as libc::c_int,
        seed: [0; SEED],
    };
    entropy.seed[..8].copy_from_slice(&seed.to_le_bytes());
    // SAFETY: the request reads one such struct, which outlives the call.
    unsafe { add_entropy(pool.as_raw_fd(), &raw const entropy) }?;
    // After reseeding, the kernel's numbers do not depend on how many were taken before,
    // for instance to start a program.
    // SAFETY: the request takes no argument and `pool` is open.
    unsafe { reseed_crng(pool.as_raw_fd()) }?;
    Ok(())
}

/// Number of seed bytes that the generator needs to be ready (drivers/char/random.c,
/// `POOL_READY_BITS`).
const SEED: usize = 32;

/// linux/random.h, `struct rand_pool_info`.
#[repr(C)]
struct Entropy {
    bits: libc::c_int,
    bytes: libc::c_int,
    seed: [u8; SEED],
}

/// Mixes `seed` into the kernel's random numbers, from the next one on.
///
/// The kernel refuses to reseed before it is [ready](make_ready).
pub(super) fn mix_in(seed: u64) -> io::Result<()> {
    let mut pool = OpenOptions::new().write(true).open("/dev/urandom")?;
    pool.write_all(&seed.to_le_bytes())?;
    // The written bytes enter the pool; only reseeding brings them to the readers.
    // SAFETY: the request takes no argument and `pool` is open.
    unsafe { reseed_crng(pool.as_raw_fd()) }?;
    Ok(())
}
