//! The first saved machine: a kernel that was booted once, without a program.

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

/// Version of stage 0 and of the mailbox. It grows with each change after which a machine
/// saved by an older build would no longer work. The build itself is no part of a
/// machine's key, so that a rebuilt lab resumes the machines it has.
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
    /// The saved machine for this kernel and this QEMU. If there is none, the kernel is
    /// booted and the machine saved. That takes some seconds, and `progress` is told. If
    /// another process is making the same machine, this process waits for it.
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

    /// Loads `program` into this machine, and saves the machine once more. The program is
    /// statically linked; it is started with the argument `guest`, and calls
    /// [`guest::job`](crate::guest::job). The program's symbols and debug information are not
    /// loaded. If the program has changed since it was last loaded, this takes half a
    /// second.
    ///
    /// # Errors
    ///
    /// [`VmError::BadProgram`], [`VmError::TooLong`], [`VmError::SavedMachineGone`],
    /// [`VmError::GuestDied`], [`VmError::Qemu`], [`VmError::Stuck`], [`VmError::Io`].
    pub fn load(
        &self,
        program: &Path,
        progress: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Loaded, VmError> {
        Loaded::prepare(self, program, progress)
    }

    /// The folder of the saved machine.
    pub fn folder(&self) -> PathBuf {
        self.saved.folder()
    }

    /// Checks whether damage of the saved machine explains this error. If so, the saved
    /// machine is removed, and the error says so instead.
    pub(super) fn blamed(&self, error: VmError) -> VmError {
        self.saved.blamed::<String>(error)
    }

    pub(super) fn key(&self) -> &str {
        self.saved.key()
    }

    /// The right to read the machine's files, if they are still as they were saved.
    pub(super) fn open(
        &self,
        deadline: Deadline,
        progress: &mut dyn FnMut(Progress<'_>),
    ) -> Result<ReadGuard, VmError> {
        self.saved.open(&self.release, deadline, progress)
    }
}

/// The machine's name in the cache: the kernel's release, and a digest of exactly the things
/// that a saved machine depends on.
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
