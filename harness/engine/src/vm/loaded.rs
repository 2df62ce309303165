//! A saved machine that has taken in a program, and was saved again right
//! before the program asks for its input.
//!
//! Starting a program is the costliest part of a short run: every page that it
//! touches and every instruction that it executes is new to QEMU. So that is
//! done once for each build of the lab.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::unistd::{Whence, lseek};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::boot;
use super::cache::ReadGuard;
use super::cpu::CpuClaim;
use super::elf;
use super::error::{Doing, VmError};
use super::letter::{Letter, Mailbox};
use super::machine::Machine;
use super::qemu::Ram;
use super::resume::resume;
use super::run::{Job, Outcome, Run};
use super::saved::{RAM_FILE, Saved};
use super::stamp::Stamp;

/// Far beyond what it needs (half a second).
const LIMIT: Duration = Duration::from_secs(60);

/// A saved machine with a program, ready to be resumed any number of times, at
/// once too.
#[derive(Debug, Clone)]
pub struct Loaded {
    pub(super) machine: Machine,
    saved: Saved,
    program: Program,
}

/// Which build of a program it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Program {
    path: PathBuf,
    stamp: Stamp,
}

impl Program {
    fn at(path: &Path) -> io::Result<Self> {
        Ok(Self {
            path: path.canonicalize()?,
            stamp: Stamp::of(path)?,
        })
    }

    fn is_there(&self) -> bool {
        Stamp::of(&self.path).is_ok_and(|stamp| stamp == self.stamp)
    }
}

impl Loaded {
    pub(super) fn prepare(
        machine: &Machine,
        program: &Path,
        progress: &mut dyn FnMut(&str),
    ) -> Result<Self, VmError> {
        let reading = || format!("reading {}", program.display());
        let build = Program::at(program).doing(reading)?;
        let loaded = Self {
            machine: machine.clone(),
            saved: Saved::new(machine.cache.shelf("loaded"), key(machine, &build.path)),
            program: build,
        };
        loaded
            .saved
            .make(&loaded.program, progress, |folder, progress| {
                loaded.saved.sweep(Program::is_there);
                load_and_save(machine, program, folder, progress)
            })?;
        Ok(loaded)
    }

    /// Resumes it for one job, and waits for the job's end. `on_progress` gets
    /// the job's own lines, as they come.
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

    /// The folder it is saved in.
    pub fn folder(&self) -> PathBuf {
        self.saved.folder()
    }

    /// The right to read its files, which are as they were saved.
    pub(super) fn open(&self) -> Result<ReadGuard, VmError> {
        self.saved.open(&self.program, &mut |_| {})
    }
}

/// One program has one place: a new build replaces the one before.
fn key(machine: &Machine, program: &Path) -> String {
    let digest: [u8; 32] = Sha256::digest(program.as_os_str().as_bytes()).into();
    let hex: String = digest[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{}-{hex}", machine.key())
}

/// Leaves the machine's files in `folder`.
fn load_and_save(
    machine: &Machine,
    program: &Path,
    folder: &Path,
    progress: &mut dyn FnMut(&str),
) -> Result<(), VmError> {
    let deadline = Instant::now() + LIMIT;
    let mailbox = Mailbox::with(&Letter::with_program(&elf::loaded_part(program)?))?;
    let cpu = CpuClaim::new()?;
    let saved = machine.open(progress)?;
    copy_sparse(&machine.folder().join(RAM_FILE), &folder.join(RAM_FILE))
        .doing(|| "copying the saved machine".into())?;
    let from = machine.folder();
    let mut vm = resume(
        machine,
        &from,
        folder,
        Ram::InFile,
        &mailbox,
        &cpu,
        deadline,
    )?;
    drop(saved);
    boot::wait_until_ready(&mut vm, "loading the program", deadline, progress)?;
    boot::save(&mut vm, folder, &mailbox, deadline)
}

/// Copies what there is in a file that is mostly holes.
fn copy_sparse(from: &Path, to: &Path) -> io::Result<()> {
    let (source, copy) = (File::open(from)?, File::create_new(to)?);
    let length = fs::metadata(from)?.len();
    copy.set_len(length)?;
    let length = i64::try_from(length).map_err(io::Error::other)?;
    let mut start = 0;
    loop {
        start = match lseek(&source, start, Whence::SeekData) {
            Ok(start) => start,
            Err(Errno::ENXIO) => return Ok(()), // nothing but a hole follows
            Err(error) => return Err(error.into()),
        };
        let end = lseek(&source, start, Whence::SeekHole)?.min(length);
        let wanted = u64::try_from(end - start).map_err(io::Error::other)?;
        let at = SeekFrom::Start(u64::try_from(start).map_err(io::Error::other)?);
        (&source).seek(at)?;
        (&copy).seek(at)?;
        // The kernel copies: on Linux this is copy_file_range(2).
        if io::copy(&mut (&source).take(wanted), &mut &copy)? < wanted {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
        }
        start = end;
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{FileExt, MetadataExt};

    use super::*;

    #[test]
    fn a_sparse_file_stays_sparse() {
        let folder = std::env::temp_dir().join(format!("sctp-lab-sparse-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let (from, to) = (folder.join("from"), folder.join("to"));
        let file = File::create(&from).unwrap();
        file.set_len(64 << 20).unwrap();
        file.write_all_at(b"in the middle", 32 << 20).unwrap();
        copy_sparse(&from, &to).unwrap();
        let copy = fs::metadata(&to).unwrap();
        assert_eq!(copy.len(), 64 << 20);
        assert!(copy.blocks() * 512 < 1 << 20, "{} blocks", copy.blocks());
        assert!(fs::read(&from).unwrap() == fs::read(&to).unwrap());
        fs::remove_dir_all(&folder).unwrap();
    }
}
