//! The I/O ports through which the guest communicates with QEMU. An `out` stops the
//! virtual CPU until QEMU has processed it, so that nothing here depends on the speed of
//! the host.
//!
//! The guest is an x86-64 machine. A program for another architecture never runs in it, and
//! has no such ports.
#![allow(unsafe_code)]

use std::io;

/// `isa-debugcon`: a byte written here is a byte of progress.
const DEBUGCON: u16 = 0xe9;
/// `pvpanic`: writing 1 pauses the machine.
const PVPANIC: u16 = 0x505;
/// `isa-debug-exit`: writing `n` ends QEMU with status `2n + 1`.
const DEBUG_EXIT: u16 = 0xf4;

/// Passes a line of progress to the host.
pub(super) fn say(line: &str) -> io::Result<()> {
    let access = Access::to(DEBUGCON)?;
    for byte in line.bytes().filter(|byte| *byte != b'\n') {
        access.out(byte);
    }
    access.out(b'\n');
    Ok(())
}

/// Pauses the machine to be saved, directly after `note_time` was called with the time.
/// Returns in every machine that is resumed from there.
pub(super) fn save_here(note_time: impl FnOnce(u64)) -> io::Result<()> {
    let access = Access::to(PVPANIC)?;
    note_time(access.time_stamp());
    access.out(1);
    Ok(())
}

/// Ends QEMU.
pub(super) fn power_off() -> io::Result<()> {
    Access::to(DEBUG_EXIT)?.out(crate::init::POWER_OFF_VALUE);
    Ok(())
}

/// The right of this thread to use a port.
#[cfg(target_arch = "x86_64")]
struct Access(u16);

#[cfg(target_arch = "x86_64")]
impl Access {
    fn to(port: u16) -> io::Result<Self> {
        // SAFETY: `ioperm` takes no pointers; it changes only which ports this
        // thread may use.
        let result = unsafe { nix::libc::ioperm(port.into(), 1, 1) };
        nix::errno::Errno::result(result)?;
        Ok(Self(port))
    }

    fn out(&self, value: u8) {
        // SAFETY: `ioperm` allowed the port, and the devices behind the three
        // ports of this module touch none of this program's memory.
        unsafe {
            std::arch::asm!("out dx, al", in("dx") self.0, in("al") value, options(nostack));
        }
    }

    /// The clock that counts instructions, in nanoseconds.
    fn time_stamp(&self) -> u64 {
        // SAFETY: every x86-64 CPU has the counter; reading it changes nothing.
        unsafe { std::arch::x86_64::_rdtsc() }
    }
}

/// No thread of a program for another architecture has this right.
#[cfg(not(target_arch = "x86_64"))]
enum Access {}

#[cfg(not(target_arch = "x86_64"))]
impl Access {
    fn to(_port: u16) -> io::Result<Self> {
        Err(io::Error::from(io::ErrorKind::Unsupported))
    }

    fn out(&self, _value: u8) {
        match *self {}
    }

    fn time_stamp(&self) -> u64 {
        match *self {}
    }
}
