//! QEMU: the program, the machine that it emulates, and how a machine is started.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::os::fd::AsRawFd;
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use nix::sys::memfd::{MFdFlags, memfd_create};

use super::cpu::CpuClaim;
use super::error::{Doing, VmError};
use super::path;
use super::running::Vm;
use super::spawn::spawn_tied;
use crate::leash::Leash;
use crate::mailbox::{CAPACITY, GUEST_RAM};

pub(super) const PROGRAM: &str = "qemu-system-x86_64";

/// The arguments that are the same when the machine is booted and when it is resumed.
///
/// - One CPU, one nanosecond for each instruction, and no waiting for the host's clock
///   while the CPU is idle: time is virtual.
/// - Machine types 7.2 and later hand the guest a random seed; this type does not.
/// - No CMPXCHG16B: QEMU 7.2 now and then leaves garbage in the flags after this
///   instruction, the direction flag among them, and the kernel's allocator, which depends
///   on the instruction, crashes. Kernels do without it on a CPU that lacks it.
/// - No HPET: the guest has another clock, and the HPET's counter would be saved apart
///   from the clock that it counts.
/// - The second memory node is the mailbox, which the guest's kernel is told to leave
///   alone.
const MACHINE: &str = "-M pc-i440fx-7.1,hpet=off -accel tcg -icount shift=0,sleep=off -cpu qemu64,-cx16 -smp 1 \
    -rtc base=2026-01-01,clock=vm -nodefaults -no-user-config -display none -no-reboot \
    -device pvpanic -action panic=pause \
    -device isa-debug-exit,iobase=0xf4,iosize=0x4 \
    -device isa-debugcon,iobase=0xe9,chardev=progress -serial chardev:console \
    -numa node,memdev=ram -numa node,memdev=mailbox";

/// How the guest's RAM relates to its file.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ram {
    /// The guest's writes go into the file, for a machine that is to be saved.
    InFile,
    /// The guest's writes stay its own, so that any number of guests resume from the file.
    CopyOnWrite,
}

/// An installed QEMU.
#[derive(Debug, Clone)]
pub struct Qemu {
    program: PathBuf,
    limit: Option<Duration>,
}

impl Qemu {
    /// The first `qemu-system-x86_64` on `PATH`.
    pub fn find() -> Option<Self> {
        path::find(PROGRAM).map(|program| Self {
            program,
            limit: None,
        })
    }

    /// Sets the time limit of each phase of making a machine. `None` keeps each phase's
    /// default, which is far beyond its need.
    #[must_use]
    pub fn within(self, limit: Option<Duration>) -> Self {
        Self { limit, ..self }
    }

    /// The time limit of a phase whose default is `otherwise`.
    pub(super) fn patience(&self, otherwise: Duration) -> Duration {
        self.limit.unwrap_or(otherwise)
    }

    /// The program's file.
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// The first line that `--version` prints.
    ///
    /// # Errors
    ///
    /// [`VmError::Qemu`] if QEMU does not start, or does not end within ten seconds.
    pub fn version(&self) -> Result<String, VmError> {
        /// Far beyond what QEMU needs to print its version.
        const LIMIT: Duration = Duration::from_secs(10);
        let mut command = Command::new(&self.program);
        let output = process::run(command.arg("--version"), b"", LIMIT);
        let output = output.map_err(|error| VmError::Qemu {
            reason: format!("{} --version: {error}", self.program.display()),
            log: String::new(),
        })?;
        let words = String::from_utf8_lossy(&output.stdout);
        Ok(terminal::escape(words.lines().next().unwrap_or_default()))
    }

    /// A text that tells this QEMU from any other, and from itself after an upgrade. QEMU is
    /// not started to find it, since that would take time.
    pub(super) fn identity(&self) -> Result<String, VmError> {
        let doing = || format!("looking at {}", self.program.display());
        let program = self.program.canonicalize().doing(doing)?;
        let file = program.metadata().doing(doing)?;
        Ok(format!(
            "{} {} {}.{}",
            program.display(),
            file.size(),
            file.mtime(),
            file.mtime_nsec()
        ))
    }

    /// The part of the command line that a saved machine depends on.
    pub(super) fn machine_arguments() -> String {
        format!("{MACHINE} {GUEST_RAM} {CAPACITY}")
    }

    /// Starts a machine whose RAM is the file `ram` in `folder`. Through `leash`, another
    /// thread can end the machine.
    #[expect(clippy::too_many_arguments, reason = "each is one thing of QEMU's")]
    pub(super) fn start(
        &self,
        folder: &Path,
        ram: Ram,
        mailbox: &File,
        cpu: &CpuClaim,
        arguments: &[OsString],
        inherited: &[&dyn AsRawFd],
        leash: &Leash,
    ) -> Result<Vm, VmError> {
        let doing = || format!("starting {}", self.program.display());
        let (console, console_end) = std::io::pipe().doing(doing)?;
        let (log, log_end) = std::io::pipe().doing(doing)?;
        let (progress, progress_end) = std::io::pipe().doing(doing)?;
        let (qmp, qmp_end) = UnixStream::pair().doing(doing)?;

        let share = match ram {
            Ram::InFile => "on",
            Ram::CopyOnWrite => "off",
        };
        let opened = |file: &dyn AsRawFd| format!("/proc/self/fd/{}", file.as_raw_fd());
        let mut command = Command::new(&self.program);
        command
            .args(MACHINE.split_whitespace())
            .args(["-m", &format!("{}M", (GUEST_RAM + CAPACITY) >> 20)])
            .args([
                "-object",
                &format!("memory-backend-file,id=ram,size={GUEST_RAM},mem-path=ram,share={share}"),
            ])
            .args([
                "-object",
                &format!(
                    "memory-backend-file,id=mailbox,size={CAPACITY},mem-path={},share=on",
                    opened(mailbox)
                ),
            ])
            .args([
                "-chardev",
                &format!("file,id=progress,path={}", opened(&progress_end)),
            ])
            .args([
                "-chardev",
                &format!("file,id=console,path={}", opened(&console_end)),
            ])
            .args([
                "-chardev",
                &format!("socket,id=qmp,fd={}", qmp_end.as_raw_fd()),
            ])
            .args(["-mon", "chardev=qmp,mode=control"])
            .args(arguments)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(log_end.try_clone().doing(doing)?)
            .stderr(log_end);
        let mut files: Vec<&dyn AsRawFd> = vec![mailbox, &progress_end, &console_end, &qmp_end];
        files.extend(inherited);
        leash.hold(spawn_tied(command, cpu.set(), &files).doing(doing)?);
        Ok(Vm::new(leash.clone(), qmp, progress, console, log))
    }
}

/// An anonymous file in memory.
pub(super) fn memory_file(name: &std::ffi::CStr) -> std::io::Result<File> {
    Ok(File::from(memfd_create(name, MFdFlags::MFD_CLOEXEC)?))
}

pub(super) fn arguments<const N: usize>(words: [&OsStr; N]) -> Vec<OsString> {
    words.map(OsStr::to_owned).to_vec()
}
