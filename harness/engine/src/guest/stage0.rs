//! The guest's first process: prepares the machine and lets the host save it. After the
//! machine is resumed, executes the program in the mailbox.
//!
//! A saved machine is used by later builds of the lab, too. So a change here that affects
//! runs needs a new `STAGE0_VERSION`.

use std::convert::Infallible;
use std::ffi::CString;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;

use nix::fcntl::posix_fallocate;
use nix::mount::{MsFlags, mount};
use nix::sys::memfd::{MFdFlags, memfd_create};
use nix::unistd::fexecve;

use super::memory::GuestMailbox;
use super::{modules, ports, random, warm};
use crate::mailbox::Word;

/// Memory for the program that is allocated and mapped before the machine is saved, so
/// that loading a program is faster. A longer program is loaded as well, but takes longer.
const ROOM: u32 = 16 << 20;

/// Runs the first stage. Never returns: it executes the run's program. If anything fails,
/// the guest ends; the reason is on its console.
pub fn stage0() -> ! {
    let Err(error) = run();
    eprintln!("stage 0: {error}");
    super::job::end_guest()
}

fn run() -> io::Result<Infallible> {
    mount_file_systems()?;
    ports::say("loading the kernel's modules")?;
    modules::load_all()?;
    ports::say("warming up its SCTP")?;
    random::make_ready()?;
    warm::loopback_association()?;
    warm::outgrow_the_wrap_of_jiffies();
    let mailbox = GuestMailbox::open(ROOM.into())?;
    let program = File::from(memfd_create(c"sctp-lab", MFdFlags::MFD_CLOEXEC)?);
    posix_fallocate(&program, 0, ROOM.into())?;
    warm::settle();
    ports::save_here(|now| mailbox.set(Word::SavedAt, now))?;
    become_the_program(&mailbox, &program)
}

fn mount_file_systems() -> io::Result<()> {
    for (kind, target) in [
        ("proc", "/proc"),
        ("sysfs", "/sys"),
        ("devtmpfs", "/dev"),
        ("tmpfs", "/tmp"),
    ] {
        std::fs::create_dir_all(target)?;
        match mount(
            Some(kind),
            target,
            Some(kind),
            MsFlags::empty(),
            None::<&str>,
        ) {
            // A kernel with CONFIG_DEVTMPFS_MOUNT has mounted it already.
            Ok(()) | Err(nix::errno::Errno::EBUSY) => {}
            Err(error) => return Err(io::Error::other(format!("mounting {target}: {error}"))),
        }
    }
    Ok(())
}

/// Executes the program in the mailbox, by way of the file `program`. The file may be
/// longer than the program: bytes behind an ELF file do no harm.
fn become_the_program(mailbox: &GuestMailbox, program: &File) -> io::Result<Infallible> {
    mailbox.check()?;
    mailbox.with_program(|bytes| program.write_all_at(bytes, 0))?;
    let argument = CString::new(super::JOB_ARGUMENT)?;
    let environment = [c"PATH=/", c"HOME=/tmp", c"RUST_BACKTRACE=1"];
    Ok(fexecve(
        program,
        &[c"sctp-lab", argument.as_c_str()],
        &environment,
    )?)
}
