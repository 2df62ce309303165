//! The second saved machine: the first one has taken in a program, and was saved again right
//! before the program reads its input.
//!
//! Starting a program is the costliest part of a short run, since every page that the
//! program touches and every instruction that it executes is new to QEMU. So the program
//! is started once for each build of the lab.

use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::boot;
use super::cache::ReadGuard;
use super::cpu::CpuClaim;
use super::deadline::Deadline;
use super::elf;
use super::error::{Doing, VmError};
use super::letter::{HostMailbox, Letter};
use super::machine::Machine;
use super::qemu::Ram;
use super::resume::{Resumed, resume};
use super::run::{Job, Outcome, Run};
use super::saved::{self, RAM_FILE, Saved};
use super::sparse;
use crate::Progress;
use crate::leash::Leash;

/// Time limit of loading a program, which takes half a second.
const LIMIT: Duration = Duration::from_secs(60);

/// A saved machine with a program. It can be resumed any number of times, also
/// simultaneously.
#[derive(Debug, Clone)]
pub struct Loaded {
    pub(super) machine: Machine,
    saved: Saved,
    program: Program,
}

/// The identity of a build of a program. The time is that of the last modification:
/// the inode's change time would also change when cargo adds a hard link to the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Program {
    path: PathBuf,
    bytes: u64,
    modified: (i64, i64),
}

impl Program {
    fn at(path: &Path) -> io::Result<Self> {
        let file = fs::metadata(path)?;
        Ok(Self {
            path: path.canonicalize()?,
            bytes: file.size(),
            modified: (file.mtime(), file.mtime_nsec()),
        })
    }

    fn is_there(&self) -> bool {
        Self::at(&self.path).is_ok_and(|now| now == *self)
    }
}

impl Loaded {
    pub(super) fn prepare(
        machine: &Machine,
        program: &Path,
        progress: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Self, VmError> {
        let reading = || format!("reading {}", program.display());
        let build = Program::at(program).doing(reading)?;
        let loaded = Self {
            machine: machine.clone(),
            saved: Saved::new(machine.cache.shelf("loaded"), key(machine, &build.path)),
            program: build,
        };
        let waiting = Deadline::after(machine.qemu.patience(saved::WAIT));
        loaded
            .saved
            .make(&loaded.program, waiting, progress, |folder, progress| {
                loaded.saved.sweep(Program::is_there);
                load_and_save(machine, program, folder, progress)
                    .map_err(|error| machine.blamed(error))
            })?;
        Ok(loaded)
    }

    /// Resumes the machine for one job, and waits for the job's end. `on_progress` gets the
    /// program's progress lines as they come.
    ///
    /// # Errors
    ///
    /// See [`Run::wait`].
    pub fn run(
        &self,
        job: &Job<'_>,
        on_progress: &mut dyn FnMut(&str),
    ) -> Result<Outcome, VmError> {
        Run::start(self, job)?.wait(on_progress)
    }

    /// The folder of the saved machine.
    pub fn folder(&self) -> PathBuf {
        self.saved.folder()
    }

    /// Checks whether damage of the saved machine explains this error. If so, the saved
    /// machine is removed, and the error says so instead.
    pub(super) fn blamed(&self, error: VmError) -> VmError {
        self.saved.blamed::<Program>(error)
    }

    /// The right to read the machine's files, if they are still as they were saved.
    pub(super) fn open(&self, deadline: Deadline) -> Result<ReadGuard, VmError> {
        self.saved.open(&self.program, deadline, &mut |_| {})
    }
}

/// The machine's name in the cache. The name depends on the program's path but not on its
/// contents, so that the machine of a new build replaces the machine of the build before.
fn key(machine: &Machine, program: &Path) -> String {
    let digest: [u8; 32] = Sha256::digest(program.as_os_str().as_bytes()).into();
    let hex: String = digest[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{}-{hex}", machine.key())
}

/// Loads the program into the machine, and leaves the files of the second machine in
/// `folder`.
fn load_and_save(
    machine: &Machine,
    program: &Path,
    folder: &Path,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<(), VmError> {
    let deadline = Deadline::after(machine.qemu.patience(LIMIT));
    let mailbox = HostMailbox::with(&Letter::with_program(&elf::loaded_part(program)?))?;
    let cpu = CpuClaim::new()?;
    let saved = machine.open(deadline, progress)?;
    sparse::copy(&machine.folder().join(RAM_FILE), &folder.join(RAM_FILE))
        .doing(|| "copying the saved machine".into())?;
    let from = machine.folder();
    let Resumed { mut vm, .. } = resume(
        machine,
        &from,
        folder,
        Ram::InFile,
        &mailbox,
        &cpu,
        &Leash::default(),
        deadline,
    )?;
    drop(saved);
    boot::wait_until_ready(&mut vm, "loading the program", deadline, progress)?;
    boot::save(&mut vm, folder, &mailbox, deadline)
}
