//! A kernel that was booted once and saved.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::boot::{self, RAM_FILE, STATE_FILE};
use super::cache::{Cache, ReadGuard, Shelf};
use super::error::{Doing, VmError};
use super::kernel::Kernel;
use super::qemu::Qemu;
use super::run::{Job, Outcome, Run};
use super::stamp::Stamp;

/// Counts up whenever stage 0 or the mailbox changes in a way that a machine
/// saved by an older build would not serve. The build itself is no part of a
/// machine's key, so that a rebuilt lab resumes what it has.
const STAGE0_VERSION: u32 = 3;

const WAITING: &str = "waiting for another sctp-lab that is booting this kernel";

const MANIFEST_FILE: &str = "manifest.json";

/// A saved machine, ready to be resumed any number of times, at once too.
#[derive(Debug, Clone)]
pub struct Machine {
    pub(super) qemu: Qemu,
    pub(super) kernel_image: PathBuf,
    pub(super) cache: Cache,
    key: String,
    shelf: Shelf,
}

impl Machine {
    /// The saved machine for this kernel and this QEMU. If there is none, the
    /// kernel is booted and saved, which takes some seconds; `progress` hears
    /// of it. If another process is at that, this one waits for it.
    ///
    /// # Errors
    ///
    /// Any [`VmError`]; [`VmError::GuestDied`] carries the kernel's console.
    pub fn prepare(
        qemu: &Qemu,
        kernel: &Kernel,
        cache: &Cache,
        progress: &mut dyn FnMut(&str),
    ) -> Result<Self, VmError> {
        let machine = Self {
            qemu: qemu.clone(),
            kernel_image: kernel.image().to_owned(),
            cache: cache.clone(),
            key: key(kernel, &qemu.identity()?),
            shelf: cache.shelf("machines"),
        };
        if machine.open(progress).is_err() {
            machine.build(kernel, progress)?;
        }
        Ok(machine)
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
        self.shelf.entry(&self.key)
    }

    /// The right to read its files, which are as they were saved.
    pub(super) fn open(&self, progress: &mut dyn FnMut(&str)) -> Result<ReadGuard, VmError> {
        let guard = self.shelf.reading(&self.key, &mut || progress(WAITING))?;
        let folder = self.folder();
        if Manifest::read(&folder).is_some_and(|manifest| manifest.describes(&folder)) {
            Ok(guard)
        } else {
            Err(VmError::SavedMachineGone { path: folder })
        }
    }

    fn build(&self, kernel: &Kernel, progress: &mut dyn FnMut(&str)) -> Result<(), VmError> {
        let guard = self.shelf.building(&self.key, &mut || progress(WAITING))?;
        let folder = self.folder();
        if Manifest::read(&folder).is_some_and(|manifest| manifest.describes(&folder)) {
            return Ok(()); // by the process that was waited for
        }
        let release = kernel.release();
        progress(&format!("booting Linux {release} once (about 10 s)"));
        let unfinished = guard.start()?;
        boot::boot_and_save(&self.qemu, kernel, &self.cache, unfinished, progress)?;
        Manifest::of(unfinished, release)?.write(unfinished)?;
        guard.publish()
    }
}

/// What a saved machine depends on, and not more.
fn key(kernel: &Kernel, qemu: &str) -> String {
    let mut sha = Sha256::new();
    for part in [
        kernel.digest().as_slice(),
        qemu.as_bytes(),
        Qemu::machine_arguments().as_bytes(),
        boot::command_line().as_bytes(),
        &STAGE0_VERSION.to_le_bytes(),
    ] {
        sha.update((part.len() as u64).to_le_bytes());
        sha.update(part);
    }
    let digest: [u8; 32] = sha.finalize().into();
    let hex: String = digest[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{}-{hex}", kernel.release())
}

/// What a saved machine's files looked like when they were saved.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Manifest {
    kernel: String,
    ram: Stamp,
    state: Stamp,
}

impl Manifest {
    fn of(folder: &Path, kernel: &str) -> Result<Self, VmError> {
        let stamp =
            |name| Stamp::of(&folder.join(name)).doing(|| "reading the saved machine".into());
        Ok(Self {
            kernel: kernel.to_owned(),
            ram: stamp(RAM_FILE)?,
            state: stamp(STATE_FILE)?,
        })
    }

    fn read(folder: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(folder.join(MANIFEST_FILE)).ok()?).ok()
    }

    fn write(&self, folder: &Path) -> Result<(), VmError> {
        let text = serde_json::to_vec_pretty(self).map_err(std::io::Error::from);
        text.and_then(|text| fs::write(folder.join(MANIFEST_FILE), text))
            .doing(|| "keeping the saved machine".into())
    }

    fn describes(&self, folder: &Path) -> bool {
        Self::of(folder, &self.kernel).is_ok_and(|found| found == *self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_changed_is_noticed() {
        let folder = std::env::temp_dir().join(format!("sctp-lab-manifest-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(RAM_FILE), "ram").unwrap();
        fs::write(folder.join(STATE_FILE), "state").unwrap();
        Manifest::of(&folder, "6.1")
            .unwrap()
            .write(&folder)
            .unwrap();
        let manifest = Manifest::read(&folder).unwrap();
        assert!(manifest.describes(&folder));

        fs::write(folder.join(STATE_FILE), "stat").unwrap();
        assert!(!manifest.describes(&folder));
        fs::remove_file(folder.join(RAM_FILE)).unwrap();
        assert!(!manifest.describes(&folder));
        fs::write(folder.join(MANIFEST_FILE), "{\"kernel\":").unwrap();
        assert!(Manifest::read(&folder).is_none());
        fs::remove_dir_all(&folder).unwrap();
    }
}
