//! QEMU: the program, the machine it is to be, and a running one.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{PipeReader, Read, Seek, SeekFrom};
use std::os::fd::{AsFd, AsRawFd};
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::memfd::{MFdFlags, memfd_create};
use serde_json::Value;

use super::cpu::CpuClaim;
use super::error::{Doing, VmError};
use super::lines::Lines;
use super::path;
use super::qmp::{Answer, Qmp};
use super::spawn::{self, spawn_tied};
use crate::mailbox::{CAPACITY, GUEST_RAM};

pub(super) const PROGRAM: &str = "qemu-system-x86_64";

/// Written to the debug-exit port by a guest that has said its last word.
pub(crate) const POWER_OFF_VALUE: u8 = 0x31;

/// The machine, as far as it is the same when it is booted and when it is
/// resumed.
///
/// - One CPU, one nanosecond an instruction, and no waiting for the host's
///   clock when it is idle: time is virtual.
/// - Machine types 7.2 and later hand the guest a random seed; this one does
///   not.
/// - No CMPXCHG16B: QEMU 7.2 now and then leaves garbage in the flags behind it,
///   the direction flag among them, and the kernel's allocator, which lives by it,
///   dies. Kernels do without where a CPU has none.
/// - No HPET: the guest has a clock without it, and its counter would be saved
///   apart from the clock that it counts.
/// - The second memory node is the mailbox, which the guest's kernel is told to
///   leave alone.
const MACHINE: &str = "-M pc-i440fx-7.1,hpet=off -accel tcg -icount shift=0,sleep=off -cpu qemu64,-cx16 -smp 1 \
    -rtc base=2026-01-01,clock=vm -nodefaults -no-user-config -display none -no-reboot \
    -device pvpanic -action panic=pause \
    -device isa-debug-exit,iobase=0xf4,iosize=0x4 \
    -device isa-debugcon,iobase=0xe9,chardev=progress -serial chardev:console \
    -numa node,memdev=ram -numa node,memdev=mailbox";

/// How the guest's RAM relates to its file.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ram {
    /// What the guest writes goes into the file: to be saved.
    InFile,
    /// What the guest writes is its own: any number of guests resume from it.
    CopyOnWrite,
}

/// An installed QEMU.
#[derive(Debug, Clone)]
pub struct Qemu {
    program: PathBuf,
}

impl Qemu {
    /// The first `qemu-system-x86_64` on `PATH`.
    pub fn find() -> Option<Self> {
        path::find(PROGRAM).map(|program| Self { program })
    }

    /// The program's file.
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// What `--version` says, on one line.
    ///
    /// # Errors
    ///
    /// [`VmError::Io`] if it does not start.
    pub fn version(&self) -> Result<String, VmError> {
        let output = Command::new(&self.program)
            .arg("--version")
            .output()
            .doing(|| format!("starting {}", self.program.display()))?;
        let words = String::from_utf8_lossy(&output.stdout);
        Ok(words.lines().next().unwrap_or_default().to_owned())
    }

    /// Tells this QEMU from any other, and from itself after an upgrade,
    /// without the time it takes to start it.
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

    /// What of the command line decides what a saved machine is.
    pub(super) fn machine_arguments() -> String {
        format!("{MACHINE} {GUEST_RAM} {CAPACITY}")
    }

    /// Starts a machine whose RAM is the file `ram` in `folder`.
    pub(super) fn start(
        &self,
        folder: &Path,
        ram: Ram,
        mailbox: &File,
        cpu: &CpuClaim,
        arguments: &[OsString],
        inherited: &[&dyn AsRawFd],
    ) -> Result<Vm, VmError> {
        let doing = || format!("starting {}", self.program.display());
        let console = memory_file(c"console").doing(doing)?;
        let log = memory_file(c"log").doing(doing)?;
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
                &format!("file,id=console,path={}", opened(&console)),
            ])
            .args([
                "-chardev",
                &format!("socket,id=qmp,fd={}", qmp_end.as_raw_fd()),
            ])
            .args(["-mon", "chardev=qmp,mode=control"])
            .args(arguments)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(log.try_clone().doing(doing)?)
            .stderr(log.try_clone().doing(doing)?);
        let mut files: Vec<&dyn AsRawFd> = vec![mailbox, &progress_end, &console, &qmp_end];
        files.extend(inherited);
        let child = spawn_tied(command, cpu.set(), &files).doing(doing)?;
        Ok(Vm {
            child: Arc::new(Mutex::new(child)),
            qmp: Qmp::new(qmp),
            progress: Lines::new(progress),
            console,
            log,
        })
    }
}

/// A running QEMU. It ends when this is dropped.
#[derive(Debug)]
pub(super) struct Vm {
    child: Arc<Mutex<Child>>,
    qmp: Qmp,
    progress: Lines<PipeReader>,
    console: File,
    log: File,
}

/// What comes out of a running machine.
#[derive(Debug)]
pub(super) enum Event {
    Progress(String),
    Qmp(Value),
    /// QEMU ended, with this status if it was not killed.
    Exited(Option<i32>),
    DeadlinePassed,
}

impl Vm {
    /// The next thing that happens before `deadline`.
    pub(super) fn next_event(&mut self, deadline: Instant) -> Result<Event, VmError> {
        loop {
            if let Some(line) = self.progress.next_line() {
                return Ok(Event::Progress(line));
            }
            if let Some(event) = self.qmp.next_event() {
                return Ok(Event::Qmp(event));
            }
            if self.qmp.ended() && self.progress.ended() {
                return self.reap();
            }
            if !self.wait_readable(deadline)? {
                return Ok(Event::DeadlinePassed);
            }
        }
    }

    /// False if the deadline passed.
    fn wait_readable(&mut self, deadline: Instant) -> Result<bool, VmError> {
        let doing = || "waiting for qemu".to_owned();
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(false);
        }
        // Rounded up, so that it does not spin through the last millisecond.
        let timeout =
            PollTimeout::try_from(left + Duration::from_millis(1)).unwrap_or(PollTimeout::MAX);
        let (qmp_ended, progress_ended) = (self.qmp.ended(), self.progress.ended());
        let (qmp, progress) = (self.qmp.source(), self.progress.source());
        let mut files = Vec::new();
        if !qmp_ended {
            files.push(PollFd::new(qmp.as_fd(), PollFlags::POLLIN));
        }
        if !progress_ended {
            files.push(PollFd::new(progress.as_fd(), PollFlags::POLLIN));
        }
        match poll(&mut files, timeout) {
            Err(Errno::EINTR) => return Ok(true),
            polled => polled.doing(doing)?,
        };
        let mut ready = files.iter().map(|file| file.any().unwrap_or(false));
        let qmp_ready = !qmp_ended && ready.next().unwrap_or(false);
        let progress_ready = !progress_ended && ready.next().unwrap_or(false);
        if qmp_ready {
            self.qmp.fill().doing(doing)?;
        }
        if progress_ready {
            self.progress.fill().doing(doing)?;
        }
        Ok(true)
    }

    fn reap(&self) -> Result<Event, VmError> {
        let status = self
            .child
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .wait()
            .doing(|| "waiting for qemu's end".to_owned())?;
        Ok(Event::Exited(status.code()))
    }

    /// Sends a command and waits for its answer.
    pub(super) fn execute(&mut self, command: &str, arguments: Value) -> Result<(), VmError> {
        let answer = self.qmp.execute(command, arguments);
        match answer.doing(|| format!("speaking to qemu ({command})"))? {
            Answer::Done => Ok(()),
            Answer::Refused(reason) => Err(self.failure(format!("`{command}` refused: {reason}"))),
            Answer::Gone => Err(self.failure("it ended early".into())),
        }
    }

    /// See [`spawn::put_first`].
    pub(super) fn put_first(&self) {
        let child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        spawn::put_first(child.id());
    }

    /// An error with QEMU's own words.
    pub(super) fn failure(&mut self, reason: String) -> VmError {
        VmError::Qemu {
            reason,
            log: self.log(),
        }
    }

    pub(super) fn console(&mut self) -> String {
        read_all(&mut self.console)
    }

    pub(super) fn log(&mut self) -> String {
        read_all(&mut self.log)
    }

    /// A handle that ends it from elsewhere.
    pub(super) fn child(&self) -> Arc<Mutex<Child>> {
        Arc::clone(&self.child)
    }
}

impl Drop for Vm {
    fn drop(&mut self) {
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        // It may have ended by itself; there is nobody left to tell otherwise.
        let _ = child.kill();
        let _ = child.wait();
    }
}

/// An anonymous file in memory.
pub(super) fn memory_file(name: &std::ffi::CStr) -> std::io::Result<File> {
    Ok(File::from(memfd_create(name, MFdFlags::MFD_CLOEXEC)?))
}

fn read_all(file: &mut File) -> String {
    let mut bytes = Vec::new();
    // It is memory of this process: it can be read, and words are all that is
    // lost if not.
    let _ = file.seek(SeekFrom::Start(0));
    let _ = file.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).replace('\r', "")
}

pub(super) fn arguments<const N: usize>(words: [&OsStr; N]) -> Vec<OsString> {
    words.map(OsStr::to_owned).to_vec()
}
