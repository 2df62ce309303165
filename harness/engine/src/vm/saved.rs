//! A machine's files on a shelf of the cache: its RAM, and the state of its CPU
//! and devices.

use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::cache::{ReadGuard, Shelf};
use super::error::{Doing, VmError};
use super::stamp::Stamp;

/// A part of what is saved, by its file name in the machine's folder.
pub(super) const RAM_FILE: &str = "ram";
/// See [`RAM_FILE`].
pub(super) const STATE_FILE: &str = "state";

const MANIFEST_FILE: &str = "manifest.json";

const WAITING: &str = "waiting for another sctp-lab that is saving this machine";

/// A machine that is saved, or is to be.
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

    /// The right to read its files, which are as they were saved, and were made
    /// from `origin`.
    pub(super) fn open<T: Origin>(
        &self,
        origin: &T,
        progress: &mut dyn FnMut(&str),
    ) -> Result<ReadGuard, VmError> {
        let guard = self.shelf.reading(&self.key, &mut || progress(WAITING))?;
        if self.is_whole(origin) {
            Ok(guard)
        } else {
            Err(VmError::SavedMachineGone {
                path: self.folder(),
            })
        }
    }

    /// Has `save` put its files into a folder, unless they are there. If
    /// another process is at that, this one waits for it.
    pub(super) fn make<T: Origin>(
        &self,
        origin: &T,
        progress: &mut dyn FnMut(&str),
        save: impl FnOnce(&Path, &mut dyn FnMut(&str)) -> Result<(), VmError>,
    ) -> Result<(), VmError> {
        if self.open(origin, progress).is_ok() {
            return Ok(());
        }
        let guard = self.shelf.building(&self.key, &mut || progress(WAITING))?;
        if self.is_whole(origin) {
            return Ok(()); // by the process that was waited for
        }
        let folder = guard.start()?;
        save(folder, progress)?;
        Manifest::of(folder, origin.clone())
            .doing(|| "reading the saved machine".into())?
            .write(folder)?;
        guard.publish()
    }

    /// Removes what was made from something that is no longer there.
    pub(super) fn sweep<T: Origin>(&self, is_there: impl Fn(&T) -> bool) {
        for key in self.shelf.entries() {
            let origin = Manifest::<T>::read(&self.shelf.entry(&key)).map(|it| it.origin);
            if key != self.key && origin.is_some_and(|origin| !is_there(&origin)) {
                self.shelf.discard(&key);
            }
        }
    }

    fn is_whole<T: Origin>(&self, origin: &T) -> bool {
        let folder = self.folder();
        let manifest = Manifest::<T>::read(&folder);
        manifest.is_some_and(|it| it.origin == *origin && it.describes(&folder))
    }
}

/// What a saved machine was made from, as far as its key does not say it.
pub(super) trait Origin: Clone + PartialEq + Serialize + DeserializeOwned {}

impl<T: Clone + PartialEq + Serialize + DeserializeOwned> Origin for T {}

/// What a saved machine's files looked like when they were saved.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Manifest<T> {
    origin: T,
    ram: Stamp,
    state: Stamp,
}

impl<T: Origin> Manifest<T> {
    fn of(folder: &Path, origin: T) -> std::io::Result<Self> {
        Ok(Self {
            origin,
            ram: Stamp::of(&folder.join(RAM_FILE))?,
            state: Stamp::of(&folder.join(STATE_FILE))?,
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
        Self::of(folder, self.origin.clone()).is_ok_and(|found| found == *self)
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

        fs::write(folder.join(STATE_FILE), "stat").unwrap();
        assert!(!manifest.describes(&folder));
        fs::remove_file(folder.join(RAM_FILE)).unwrap();
        assert!(!manifest.describes(&folder));
        fs::write(folder.join(MANIFEST_FILE), "{\"origin\":").unwrap();
        assert!(Manifest::<String>::read(&folder).is_none());
        fs::remove_dir_all(&folder).unwrap();
    }
}
