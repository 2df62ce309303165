//! Replaces a folder: the new folder is written beside the old one first.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rustix::fs::{AtFlags, Dir, DirEntry, FileType, Mode, OFlags, statat, unlinkat};

use super::beside::{OLD, PART, TRIES, claim, ends_with, is_at, make_beside, remnants};
use super::rename::{exchange, is_unsupported, to_free_name};
use super::{parent, sync_folder};

/// A folder that is being written. A draft that is dropped unfinished is removed.
///
/// The draft is locked while its process lives, so that other processes can tell the draft
/// from the remnant of a crash.
#[derive(Debug)]
pub struct FolderDraft {
    target: PathBuf,
    part: PathBuf,
    /// The names of the files that such a folder may have.
    files: &'static [&'static str],
    _lock: File,
}

impl FolderDraft {
    /// Begins a folder that may contain `files` and nothing else. The parent folder must
    /// exist. Remnants of a crash are removed.
    ///
    /// # Errors
    ///
    /// Errors of the file system.
    pub fn begin(target: &Path, files: &'static [&'static str]) -> io::Result<Self> {
        clear(target, files);
        for _ in 0..TRIES {
            let part = new_folder(target, PART)?;
            // Until the draft is locked, another process may remove it as a remnant.
            let lock = match File::open(&part) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                opened => opened?,
            };
            if claim(&lock, &part) {
                return Ok(Self {
                    target: target.to_owned(),
                    part,
                    files,
                    _lock: lock,
                });
            }
        }
        Err(io::ErrorKind::ResourceBusy.into())
    }

    /// Writes one of the draft's files.
    ///
    /// # Errors
    ///
    /// Errors of the file system.
    pub fn write(&self, name: &'static str, content: &[u8]) -> io::Result<()> {
        let mut file = File::create_new(self.part.join(name))?;
        io::Write::write_all(&mut file, content)?;
        file.sync_all()
    }

    /// Tests whether there is room for a file, on a draft that is then dropped. A full disk
    /// may have room for a name, but none for content.
    ///
    /// # Errors
    ///
    /// Errors of the file system.
    pub fn try_out(&self) -> io::Result<()> {
        let name = self.files.first().ok_or(io::ErrorKind::InvalidInput)?;
        fs::write(self.part.join(name), [b' '; 4096])
    }

    /// Gives the folder its name. A folder that already has the name is replaced if
    /// `may_replace` allows it.
    ///
    /// # Errors
    ///
    /// Errors of the file system, and of `may_replace`. The old folder then stays, or
    /// [`remnant_of`] finds it.
    pub fn finish<E: From<io::Error>>(
        self,
        may_replace: impl Fn(&Path) -> Result<(), E>,
    ) -> Result<(), E> {
        sync_folder(&self.part)?;
        for _ in 0..TRIES {
            match self.target.symlink_metadata() {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    match to_free_name(&self.part, &self.target) {
                        Err(error) if is_taken(&error) => continue,
                        done => done?,
                    }
                }
                _ => {
                    // The lock lets one process at a time replace the folder, and keeps
                    // others from removing it.
                    let old = match locked(&self.target) {
                        Ok(Some(old)) => old,
                        Ok(None) => continue,
                        // The target is no folder, for which `may_replace` has a better
                        // message.
                        Err(error) => {
                            may_replace(&self.target)?;
                            return Err(error.into());
                        }
                    };
                    may_replace(&self.target)?;
                    match exchange(&self.part, &self.target) {
                        Ok(()) if is_at(&old, &self.part) => {}
                        // The target is no longer the folder that was examined.
                        Ok(()) => {
                            exchange(&self.part, &self.target)?;
                            continue;
                        }
                        Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                        Err(error) if is_unsupported(&error) => {
                            if !self.in_two_steps()? {
                                continue;
                            }
                        }
                        Err(error) => return Err(error.into()),
                    }
                }
            }
            sync_folder(parent(&self.target))?;
            clear(&self.target, self.files);
            return Ok(());
        }
        Err(io::Error::from(io::ErrorKind::ResourceBusy).into())
    }

    /// Moves the old folder aside, and then the new folder to its name. Between the two steps
    /// [`remnant_of`] finds the old folder. Returns `false` if another process was faster.
    fn in_two_steps(&self) -> io::Result<bool> {
        let old = new_folder(&self.target, OLD)?;
        // rename(2) replaces the empty folder `old` in one step.
        if let Err(error) = fs::rename(&self.target, &old) {
            let _ = fs::remove_dir(&old);
            return match error.kind() {
                io::ErrorKind::NotFound => Ok(false),
                _ => Err(error),
            };
        }
        match to_free_name(&self.part, &self.target) {
            Ok(()) => Ok(true),
            Err(error) if is_taken(&error) => Ok(false),
            Err(error) => {
                // `remnant_of` finds a folder that cannot be moved back.
                let _ = to_free_name(&old, &self.target);
                Err(error)
            }
        }
    }
}

impl Drop for FolderDraft {
    /// Removes the folder that has the draft's name now: an unfinished draft, or the
    /// folder that was replaced.
    fn drop(&mut self) {
        remove(&self.part, self.files);
    }
}

/// The old folder of a target, if a crash between the two steps of its replacement has left
/// the target's name free.
#[must_use]
pub fn remnant_of(target: &Path) -> Option<PathBuf> {
    if target.symlink_metadata().is_ok() {
        return None;
    }
    let left = remnants(target).ok()?;
    left.into_iter()
        .rfind(|path| ends_with(path, OLD) && path.is_dir())
}

fn new_folder(target: &Path, ending: &str) -> io::Result<PathBuf> {
    let folder = make_beside(target, ending, |path| fs::create_dir(path))?;
    let ((), path) = folder.keep().map_err(|failed| failed.error)?;
    Ok(path)
}

/// Removes the remnants of a crash beside this target. A folder that was being replaced
/// stays as long as the target's name is free.
fn clear(target: &Path, files: &[&str]) {
    let is_there = || target.symlink_metadata().is_ok();
    for path in remnants(target).unwrap_or_default() {
        if !path.is_dir() {
            continue;
        }
        if ends_with(&path, OLD) && !is_there() {
            continue;
        }
        let Ok(folder) = open(&path) else {
            continue;
        };
        if folder.try_lock().is_ok() && is_at(&folder, &path) {
            remove(&path, files);
        }
    }
}

/// Removes a folder that contains no other files than `files`. The files are removed from
/// the opened folder, even if another folder takes its name meanwhile.
fn remove(path: &Path, files: &[&str]) {
    let Ok(folder) = open(path) else {
        return;
    };
    let Ok(entries) = Dir::read_from(&folder) else {
        return;
    };
    let is_ours = |entry: rustix::io::Result<DirEntry>| {
        entry.is_ok_and(|entry| {
            let name = entry.file_name().to_bytes();
            let is_file = || {
                let there = statat(&folder, entry.file_name(), AtFlags::SYMLINK_NOFOLLOW);
                there.is_ok_and(|it| FileType::from_raw_mode(it.st_mode) == FileType::RegularFile)
            };
            name == b"."
                || name == b".."
                || files.iter().any(|file| file.as_bytes() == name) && is_file()
        })
    };
    if entries.into_iter().all(is_ours) {
        for file in files {
            let _ = unlinkat(&folder, *file, AtFlags::empty());
        }
        let _ = fs::remove_dir(path);
    }
}

/// Locks the folder with this name, and waits for another process that holds the lock.
/// `None` if the name is free, or belongs to another folder by then. On a file system
/// without locks the folder is not locked.
fn locked(path: &Path) -> io::Result<Option<File>> {
    let folder = match open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        opened => opened?,
    };
    let _ = folder.lock();
    Ok(is_at(&folder, path).then_some(folder))
}

/// Opens a folder without following a link.
fn open(path: &Path) -> io::Result<File> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    Ok(rustix::fs::open(path, flags, Mode::empty())?.into())
}

fn is_taken(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::AlreadyExists | io::ErrorKind::DirectoryNotEmpty
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: &[&str] = &["one", "two"];

    fn fill(target: &Path, content: &str) -> FolderDraft {
        let draft = FolderDraft::begin(target, FILES).unwrap();
        for name in FILES {
            draft.write(name, content.as_bytes()).unwrap();
        }
        draft
    }

    fn put(target: &Path, content: &str) {
        fill(target, content)
            .finish(|_| Ok::<_, io::Error>(()))
            .unwrap();
    }

    fn entries(folder: &Path) -> usize {
        fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn the_new_one_takes_the_place_of_the_old_one() {
        let scratch = tempfile::tempdir().unwrap();
        let target = scratch.path().join("x");
        for content in ["first", "second"] {
            put(&target, content);
            assert_eq!(fs::read_to_string(target.join("two")).unwrap(), content);
            assert_eq!(entries(scratch.path()), 1);
        }
    }

    #[test]
    fn what_must_not_be_replaced_stays() {
        let scratch = tempfile::tempdir().unwrap();
        let target = scratch.path().join("x");
        fs::create_dir(&target).unwrap();
        fs::write(target.join("main.c"), "precious").unwrap();
        let no = |_: &Path| Err(io::Error::other("not ours"));
        fill(&target, "new").finish(no).unwrap_err();
        assert_eq!(
            fs::read_to_string(target.join("main.c")).unwrap(),
            "precious"
        );
        assert_eq!(entries(scratch.path()), 1);
    }

    #[test]
    fn a_draft_in_use_is_told_from_one_that_was_left() {
        let scratch = tempfile::tempdir().unwrap();
        let target = scratch.path().join("x");
        let in_use = fill(&target, "mine");
        let left = scratch.path().join("x.abc123.part");
        fs::create_dir(&left).unwrap();
        fs::write(left.join("one"), "half").unwrap();
        let foreign = scratch.path().join("x.abc124.part");
        fs::create_dir(&foreign).unwrap();
        fs::write(foreign.join("thesis.tex"), "precious").unwrap();
        put(&target, "another");
        assert!(!left.exists());
        assert!(foreign.join("thesis.tex").exists());
        in_use.finish(|_| Ok::<_, io::Error>(())).unwrap();
        assert_eq!(fs::read_to_string(target.join("one")).unwrap(), "mine");
    }

    #[test]
    fn where_names_cannot_be_swapped_the_old_one_is_found_between_two_steps() {
        let scratch = tempfile::tempdir().unwrap();
        let target = scratch.path().join("x");
        put(&target, "old");
        let draft = fill(&target, "new");
        assert!(draft.in_two_steps().unwrap());
        assert_eq!(fs::read_to_string(target.join("one")).unwrap(), "new");
        // The state after a crash.
        fs::rename(&target, scratch.path().join("elsewhere")).unwrap();
        let found = remnant_of(&target).unwrap();
        assert_eq!(fs::read_to_string(found.join("one")).unwrap(), "old");
        put(&target, "third");
        assert_eq!(remnants(&target).unwrap(), Vec::<PathBuf>::new());
    }

    #[test]
    fn many_at_once_leave_one_whole_folder() {
        let scratch = tempfile::tempdir().unwrap();
        let target = scratch.path().join("x");
        std::thread::scope(|scope| {
            for number in 0..8 {
                let target = &target;
                scope.spawn(move || {
                    for _ in 0..20 {
                        put(target, &number.to_string());
                        let read = |name| fs::read_to_string(target.join(name));
                        assert!(read("one").is_ok() || target.exists());
                    }
                });
            }
        });
        let read = |name| fs::read_to_string(target.join(name)).unwrap();
        assert_eq!(read("one"), read("two"));
        assert_eq!(entries(scratch.path()), 1);
    }
}
