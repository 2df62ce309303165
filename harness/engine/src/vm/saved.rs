//! The files of a saved machine on a shelf of the cache: its RAM, and the state of its CPU
//! and devices.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::cache::{ReadGuard, Shelf};
use super::deadline::Deadline;
use super::error::{Doing, VmError};
use super::sparse;
use super::stamp::Stamp;
use crate::Progress;

/// Name of the file with the guest's RAM, in the machine's folder.
pub(super) const RAM_FILE: &str = "ram";
/// Name of the file with the state of CPU and devices, in the machine's folder.
pub(super) const STATE_FILE: &str = "state";

const MANIFEST_FILE: &str = "manifest.json";

/// Version of the form in which a machine is kept. It is a part of a machine's key, so that
/// labs of two versions share a cache without undoing each other's work.
pub(super) const FORMAT: u32 = 2;

/// Time limit of the wait for another sctp-lab that is making the same machine: it boots a
/// kernel and loads a program.
pub(super) const WAIT: Duration = Duration::from_secs(400);

const WAITING: &str = "waiting for another sctp-lab that is saving this machine";

/// A machine that is saved, or is to be saved.
#[derive(Debug, Clone)]
pub(super) struct Saved {
    shelf: Shelf,
    key: String,
}

impl Saved {
    pub(super) fn new(shelf: Shelf, key: String) -> Self {
        Self { shelf, key }
    }

    pub(super) fn key(&self) -> &str {
        &self.key
    }

    pub(super) fn folder(&self) -> PathBuf {
        self.shelf.entry(&self.key)
    }

    /// The right to read the machine's files, if they were made from `origin` and are still
    /// as they were saved. Otherwise the error is [`VmError::SavedMachineGone`].
    pub(super) fn open<T: Origin>(
        &self,
        origin: &T,
        deadline: Deadline,
        progress: &mut dyn FnMut(Progress<'_>),
    ) -> Result<ReadGuard, VmError> {
        let on_wait = &mut || progress(Progress::Doing(WAITING));
        let guard = self.shelf.reading(&self.key, deadline, on_wait)?;
        if self.is_whole(origin) {
            Ok(guard)
        } else {
            Err(VmError::SavedMachineGone {
                path: self.folder(),
            })
        }
    }

    /// Has `save` put the machine's files into a folder, unless the cache has them. If
    /// another process is making the same machine, this process waits for it.
    pub(super) fn make<T: Origin>(
        &self,
        origin: &T,
        deadline: Deadline,
        progress: &mut dyn FnMut(Progress<'_>),
        save: impl FnOnce(&Path, &mut dyn FnMut(Progress<'_>)) -> Result<(), VmError>,
    ) -> Result<(), VmError> {
        match self.open(origin, deadline, progress) {
            Ok(_) => return Ok(()),
            Err(VmError::SavedMachineGone { .. }) => {}
            Err(error) => return Err(error),
        }
        let on_wait = &mut || progress(Progress::Doing(WAITING));
        let guard = self.shelf.building(&self.key, deadline, on_wait)?;
        if self.is_whole(origin) {
            return Ok(()); // by the process that was waited for
        }
        if self.is_a_copy(origin, progress) {
            return Ok(());
        }
        if self.folder().exists() {
            progress(Progress::Noted(
                "what is saved was changed or is from another build: making it again",
            ));
        }
        let folder = guard.start()?;
        save(folder, progress)?;
        Manifest::of(folder, origin.clone())
            .doing(|| "reading the saved machine".into())?
            .write(folder)?;
        guard.publish()
    }

    /// Removes the shelf's other machines whose origin no longer exists.
    pub(super) fn sweep<T: Origin>(&self, is_there: impl Fn(&T) -> bool) {
        for key in self.shelf.entries() {
            let origin = Manifest::<T>::read(&self.shelf.entry(&key)).map(|it| it.origin);
            if key != self.key && origin.is_some_and(|origin| !is_there(&origin)) {
                self.shelf.discard(&key);
            }
        }
    }

    /// Checks whether damage of the saved machine explains this error: its files are
    /// compared with their digests. If they differ, the machine is removed, and the error
    /// is [`VmError::SavedMachineGone`] instead.
    pub(super) fn blamed<T: Origin>(&self, error: VmError) -> VmError {
        let may_be = matches!(
            error,
            VmError::GuestDied { .. } | VmError::Qemu { .. } | VmError::Stuck { .. }
        );
        let folder = self.folder();
        let is_good = || Manifest::<T>::read(&folder).is_some_and(|it| it.is_what_it_was(&folder));
        if !may_be || is_good() {
            return error;
        }
        self.shelf.discard(&self.key);
        VmError::SavedMachineGone { path: folder }
    }

    fn is_whole<T: Origin>(&self, origin: &T) -> bool {
        let folder = self.folder();
        let manifest = Manifest::<T>::read(&folder);
        manifest.is_some_and(|it| it.origin == *origin && it.describes(&folder))
    }

    /// Whether the files are whole though their stamps differ, as they do in a container's
    /// image, or in a cache that was copied. They then get their new stamps.
    fn is_a_copy<T: Origin>(&self, origin: &T, progress: &mut dyn FnMut(Progress<'_>)) -> bool {
        let folder = self.folder();
        let Some(manifest) = Manifest::<T>::read(&folder).filter(|it| it.origin == *origin) else {
            return false;
        };
        progress(Progress::Doing("comparing what is saved with its digests"));
        let anew = manifest.stamped_anew(&folder);
        anew.is_ok_and(|manifest| manifest.write(&folder).is_ok())
    }
}

/// The origin of a saved machine: the things that it was made from, except those that are
/// in its key.
pub(super) trait Origin: Clone + PartialEq + Serialize + DeserializeOwned {}

impl<T: Clone + PartialEq + Serialize + DeserializeOwned> Origin for T {}

/// Description of a saved machine's files at the time of their saving.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Manifest<T> {
    origin: T,
    ram: Kept,
    state: Kept,
}

/// Description of one file.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    stamp: Stamp,
    /// SHA-256 of the file's data, in hexadecimal. To compute it takes as long as half a
    /// run, so it is compared only after an error. It shows what the stamp does not: a disk
    /// may lose written data without any change of the inode.
    digest: String,
}

impl Kept {
    fn of(path: &Path) -> std::io::Result<Self> {
        Ok(Self {
            stamp: Stamp::of(path)?,
            digest: digest(path)?,
        })
    }

    /// The same description with the file's present stamp, if the file's data are the same.
    fn stamped_anew(&self, path: &Path) -> std::io::Result<Self> {
        let stamp = Stamp::of(path)?;
        match digest(path)? == self.digest {
            true => Ok(Self {
                stamp,
                digest: self.digest.clone(),
            }),
            false => Err(std::io::ErrorKind::InvalidData.into()),
        }
    }

    fn is_unchanged(&self, path: &Path) -> bool {
        Stamp::of(path).is_ok_and(|now| now == self.stamp)
    }

    fn is_what_it_was(&self, path: &Path) -> bool {
        digest(path).is_ok_and(|now| now == self.digest)
    }
}

/// The digest of a file that is mostly holes.
fn digest(path: &Path) -> std::io::Result<String> {
    let file = File::open(path)?;
    let mut sha = Sha256::new();
    sha.update(file.metadata()?.len().to_le_bytes());
    sparse::each_piece(&file, |at, mut bytes| {
        // The file system chooses where a hole begins, so a page of zeroes counts as one.
        let mut page = [0; PAGE];
        let mut at = at;
        loop {
            let len = fill(&mut bytes, &mut page)?;
            if len == 0 {
                return Ok(());
            }
            if page[..len].iter().any(|byte| *byte != 0) {
                sha.update(at.to_le_bytes());
                sha.update(&page[..len]);
            }
            at += len as u64;
        }
    })?;
    let digest: [u8; 32] = sha.finalize().into();
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

const PAGE: usize = 4096;

fn fill(bytes: &mut impl Read, page: &mut [u8; PAGE]) -> std::io::Result<usize> {
    let mut len = 0;
    while len < PAGE {
        match bytes.read(&mut page[len..])? {
            0 => break,
            more => len += more,
        }
    }
    Ok(len)
}

impl<T: Origin> Manifest<T> {
    fn of(folder: &Path, origin: T) -> std::io::Result<Self> {
        Ok(Self {
            origin,
            ram: Kept::of(&folder.join(RAM_FILE))?,
            state: Kept::of(&folder.join(STATE_FILE))?,
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
        self.ram.is_unchanged(&folder.join(RAM_FILE))
            && self.state.is_unchanged(&folder.join(STATE_FILE))
    }

    /// The same description with the files' present stamps, if the files' data are the same.
    fn stamped_anew(&self, folder: &Path) -> std::io::Result<Self> {
        Ok(Self {
            origin: self.origin.clone(),
            ram: self.ram.stamped_anew(&folder.join(RAM_FILE))?,
            state: self.state.stamped_anew(&folder.join(STATE_FILE))?,
        })
    }

    fn is_what_it_was(&self, folder: &Path) -> bool {
        self.ram.is_what_it_was(&folder.join(RAM_FILE))
            && self.state.is_what_it_was(&folder.join(STATE_FILE))
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
        let made = Manifest::of(&folder, "6.1".to_owned()).unwrap();
        made.write(&folder).unwrap();
        let manifest = Manifest::<String>::read(&folder).unwrap();
        assert!(manifest.describes(&folder));

        // The file gets as many zero bytes, and its old time of modification.
        let state = folder.join(STATE_FILE);
        let modified = fs::metadata(&state).unwrap().modified().unwrap();
        fs::write(&state, [0; 5]).unwrap();
        let file = File::options().write(true).open(&state).unwrap();
        file.set_modified(modified).unwrap();
        assert!(!manifest.describes(&folder));
        assert!(!manifest.is_what_it_was(&folder));
        fs::write(&state, "state").unwrap();
        assert!(!manifest.describes(&folder));
        assert!(manifest.is_what_it_was(&folder));
        let copied = manifest.stamped_anew(&folder).unwrap();
        assert!(copied.describes(&folder) && copied.is_what_it_was(&folder));
        fs::write(&state, "State").unwrap();
        assert!(manifest.stamped_anew(&folder).is_err());
        fs::remove_file(folder.join(RAM_FILE)).unwrap();
        assert!(!manifest.describes(&folder));
        fs::write(folder.join(MANIFEST_FILE), "{\"origin\":").unwrap();
        assert!(Manifest::<String>::read(&folder).is_none());
        fs::remove_dir_all(&folder).unwrap();
    }
}
