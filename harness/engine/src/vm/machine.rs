//! A kernel that was booted once and saved.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::boot;
use super::cache::{Cache, ReadGuard};
use super::deadline::Deadline;
use super::error::VmError;
use super::kernel::Kernel;
use super::loaded::Loaded;
use super::qemu::Qemu;
use super::saved::{self, Saved};
use crate::Progress;

/// Counts up whenever stage 0 or the mailbox changes in a way that a machine
/// saved by an older build would not serve. The build itself is no part of a
/// machine's key, so that a rebuilt lab resumes what it has.
const STAGE0_VERSION: u32 = 5;

/// A saved machine, ready to take in a program.
#[derive(Debug, Clone)]
pub struct Machine {
    pub(super) qemu: Qemu,
    pub(super) kernel_image: PathBuf,
    pub(super) cache: Cache,
    saved: Saved,
    release: String,
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
        progress: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Self, VmError> {
        let machine = Self {
            qemu: qemu.clone(),
            kernel_image: kernel.image().to_owned(),
            cache: cache.clone(),
            saved: Saved::new(cache.shelf("machines"), key(kernel, &qemu.identity()?)),
            release: kernel.release().to_owned(),
        };
        let Self { saved, release, .. } = &machine;
        let waiting = Deadline::after(qemu.patience(saved::WAIT));
        saved.make(release, waiting, progress, |folder, progress| {
            progress(Progress::Doing(&format!(
                "booting Linux {release} once (about 10 s)"
            )));
            boot::boot_and_save(qemu, kernel, folder, progress)
        })?;
        Ok(machine)
    }

    /// This machine with `program` loaded, saved once more: a statically linked
    /// program that is started with the argument `guest` and calls
    /// [`guest::job`](crate::guest::job). Symbols and debug information are
    /// left behind. Takes half a second where the program has changed since.
    ///
    /// # Errors
    ///
    /// [`VmError::BadProgram`], [`VmError::TooLong`],
    /// [`VmError::SavedMachineGone`], [`VmError::GuestDied`],
    /// [`VmError::Qemu`], [`VmError::Io`].
    pub fn load(
        &self,
        program: &Path,
        progress: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Loaded, VmError> {
        Loaded::prepare(self, program, progress)
    }

    /// The folder it is saved in.
    pub fn folder(&self) -> PathBuf {
        self.saved.folder()
    }

    /// Looks whether the saved machine is to blame for this error, and drops it if so.
    pub(super) fn blamed(&self, error: VmError) -> VmError {
        self.saved.blamed::<String>(error)
    }

    pub(super) fn key(&self) -> &str {
        self.saved.key()
    }

    /// The right to read its files, which are as they were saved.
    pub(super) fn open(
        &self,
        deadline: Deadline,
        progress: &mut dyn FnMut(Progress<'_>),
    ) -> Result<ReadGuard, VmError> {
        self.saved.open(&self.release, deadline, progress)
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
        &saved::FORMAT.to_le_bytes(),
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
