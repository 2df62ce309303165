//! The lab's cache: kernels, saved machines and small notes, kept between runs.
//!
//! An entry is a folder, built under another name and renamed when it is whole. So an entry
//! that has its name is whole. Only the process that holds the entry's lock may
//! build; the lock ends with its process. The leftovers of a killed process are swept by
//! the next process that builds on the same shelf.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;

use nix::errno::Errno;
use nix::fcntl::{Flock, FlockArg};
use nix::libc::O_NOFOLLOW;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::deadline::Deadline;
use super::error::{Doing, VmError};
use super::owner;

/// The lab's folder in the user's cache.
#[derive(Debug, Clone)]
pub struct Cache {
    root: PathBuf,
}

impl Cache {
    /// The user's cache: `$SCTP_LAB_CACHE`, else `$XDG_CACHE_HOME/sctp-lab`, else
    /// `$HOME/.cache/sctp-lab`.
    ///
    /// # Errors
    ///
    /// [`VmError::NoCache`] if none of the three variables is set, and the errors of
    /// [`Self::at`].
    pub fn of_user() -> Result<Self, VmError> {
        let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty());
        let root = if let Some(root) = variable("SCTP_LAB_CACHE") {
            PathBuf::from(root)
        } else if let Some(caches) = variable("XDG_CACHE_HOME") {
            Path::new(&caches).join("sctp-lab")
        } else if let Some(home) = variable("HOME") {
            Path::new(&home).join(".cache/sctp-lab")
        } else {
            return Err(VmError::NoCache);
        };
        Self::at(root)
    }

    /// The cache in the folder `root`, which need not exist yet.
    ///
    /// # Errors
    ///
    /// [`VmError::BadCache`] if another user owns the folder, if every user may write
    /// there, or if it is no folder; [`VmError::Io`] if a relative path cannot be resolved.
    pub fn at(root: impl Into<PathBuf>) -> Result<Self, VmError> {
        let root = std::path::absolute(root.into()).doing(|| "finding the cache".into())?;
        owner::check(&root)?;
        Ok(Self { root })
    }

    /// The folder of the cache.
    pub fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn shelf(&self, name: &'static str) -> Shelf {
        Shelf {
            folder: self.root.join(name),
        }
    }

    /// The answer that was [remembered](Self::remember) for `question`.
    pub(crate) fn recall<T: DeserializeOwned>(&self, question: &str) -> Option<T> {
        serde_json::from_slice(&fs::read(self.note(question)).ok()?).ok()
    }

    /// Keeps an answer that takes time to find. A lost answer costs only that time again,
    /// so a failure to keep it is no error.
    pub(crate) fn remember<T: Serialize>(&self, question: &str, answer: &T) {
        let note = self.note(question);
        let keep = || -> io::Result<()> {
            make(&self.root.join("notes"))?;
            let unfinished = note.with_extension(std::process::id().to_string());
            fs::write(&unfinished, serde_json::to_vec(answer)?)?;
            fs::rename(unfinished, &note)
        };
        let _ = keep();
    }

    fn note(&self, question: &str) -> PathBuf {
        let digest: [u8; 32] = Sha256::digest(question).into();
        let name: String = digest[..8]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        self.root.join("notes").join(name)
    }
}

/// A folder of entries of one kind.
#[derive(Debug, Clone)]
pub(crate) struct Shelf {
    folder: PathBuf,
}

/// What became of an entry that was to be removed.
#[derive(Debug)]
pub enum Discarded {
    /// The entry was there and is gone.
    Removed,
    /// The entry was not there.
    NotThere,
    /// The entry stays, since another process is using it.
    InUse,
    /// The entry could not be removed, or only a part of it could.
    Failed(io::Error),
}

/// The right to read an entry. No other process replaces the entry meanwhile.
#[derive(Debug)]
pub(crate) struct ReadGuard(#[expect(dead_code, reason = "held for its lock")] Flock<File>);

/// The right to build an entry.
#[derive(Debug)]
pub(crate) struct BuildGuard {
    entry: PathBuf,
    unfinished: PathBuf,
    _lock: Flock<File>,
}

impl Shelf {
    pub(crate) fn entry(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The names of all whole entries, sorted.
    pub(crate) fn entries(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(&self.folder)
            .into_iter()
            .flatten()
            .flatten()
            .filter(|entry| entry.path().is_dir())
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| !name.ends_with(UNFINISHED))
            .collect();
        names.sort();
        names
    }

    /// Waits while another process builds the entry. Only then is `on_wait` called.
    pub(crate) fn reading(
        &self,
        name: &str,
        deadline: Deadline,
        on_wait: &mut dyn FnMut(),
    ) -> Result<ReadGuard, VmError> {
        let lock = self.lock(name, FlockArg::LockShared, deadline, on_wait)?;
        Ok(ReadGuard(lock))
    }

    /// Waits until no other process reads or builds the entry, so that this one may build
    /// it. If there is anything to wait for, `on_wait` is called.
    pub(crate) fn building(
        &self,
        name: &str,
        deadline: Deadline,
        on_wait: &mut dyn FnMut(),
    ) -> Result<BuildGuard, VmError> {
        let lock = self.lock(name, FlockArg::LockExclusive, deadline, on_wait)?;
        let unfinished = self.folder.join(format!("{name}{UNFINISHED}"));
        remove(&unfinished)?;
        self.sweep();
        Ok(BuildGuard {
            entry: self.entry(name),
            unfinished,
            _lock: lock,
        })
    }

    /// Removes an entry, unless a process is reading or building it.
    pub(crate) fn discard(&self, name: &str) -> Discarded {
        if !self.entry(name).is_dir() {
            return Discarded::NotThere;
        }
        let lock = open_lock(&self.folder.join(format!("{name}.lock")));
        match lock.map(|file| Flock::lock(file, FlockArg::LockExclusiveNonblock)) {
            Ok(Ok(_lock)) => match fs::remove_dir_all(self.entry(name)) {
                Ok(()) => Discarded::Removed,
                Err(error) => Discarded::Failed(error),
            },
            Ok(Err((_, Errno::EWOULDBLOCK))) => Discarded::InUse,
            Ok(Err((_, error))) => Discarded::Failed(error.into()),
            Err(error) => Discarded::Failed(error),
        }
    }

    fn lock(
        &self,
        name: &str,
        how: FlockArg,
        deadline: Deadline,
        on_wait: &mut dyn FnMut(),
    ) -> Result<Flock<File>, VmError> {
        let path = self.folder.join(format!("{name}.lock"));
        let doing = || format!("locking {}", path.display());
        make(&self.folder).doing(doing)?;
        let file = open_lock(&path).doing(doing)?;
        let at_once = match how {
            FlockArg::LockShared => FlockArg::LockSharedNonblock,
            _ => FlockArg::LockExclusiveNonblock,
        };
        let file = match Flock::lock(file, at_once) {
            Ok(lock) => return Ok(lock),
            Err((file, _)) => file,
        };
        on_wait();
        // flock(2) has no time limit, so a thread waits for the lock. If the thread gets
        // the lock too late, it releases the lock.
        let (got, lock) = channel();
        std::thread::spawn(move || got.send(wait(file, how)));
        match lock.recv_timeout(deadline.left()) {
            Ok(lock) => lock.doing(doing),
            Err(_) => Err(VmError::Stuck {
                what: format!("another sctp-lab's work on {}", self.entry(name).display()),
                limit: deadline.limit(),
                console: String::new(),
                log: String::new(),
            }),
        }
    }

    /// Removes the leftovers of killed processes: unfinished entries that are not locked.
    fn sweep(&self) {
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let Ok(file_name) = entry.file_name().into_string() else {
                continue;
            };
            let Some(name) = file_name.strip_suffix(UNFINISHED) else {
                continue;
            };
            let lock = self.folder.join(format!("{name}.lock"));
            let free =
                open_lock(&lock).map(|file| Flock::lock(file, FlockArg::LockExclusiveNonblock));
            if let Ok(Ok(_lock)) = free {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }
}

const UNFINISHED: &str = ".unfinished";

impl BuildGuard {
    /// An empty folder in which to build the entry.
    pub(crate) fn start(&self) -> Result<&Path, VmError> {
        remove(&self.unfinished)?;
        fs::create_dir_all(&self.unfinished)
            .doing(|| format!("creating {}", self.unfinished.display()))?;
        Ok(&self.unfinished)
    }

    /// Gives the finished folder the entry's name, in place of an older entry.
    pub(crate) fn publish(self) -> Result<(), VmError> {
        let doing = || format!("keeping {}", self.entry.display());
        remove(&self.entry)?;
        sync_files(&self.unfinished).doing(doing)?;
        fs::rename(&self.unfinished, &self.entry).doing(doing)
    }
}

impl Drop for BuildGuard {
    fn drop(&mut self) {
        // A published folder has its new name already. If the removal fails, the next
        // builder sweeps.
        let _ = fs::remove_dir_all(&self.unfinished);
    }
}

fn wait(mut file: File, how: FlockArg) -> Result<Flock<File>, Errno> {
    loop {
        file = match Flock::lock(file, how) {
            Ok(lock) => return Ok(lock),
            Err((file, Errno::EINTR)) => file,
            Err((_, error)) => return Err(error),
        }
    }
}

/// Makes a folder, with its parents, for this user alone.
fn make(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

fn open_lock(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .custom_flags(O_NOFOLLOW)
        .mode(0o600)
        .open(path)
}

fn remove(folder: &Path) -> Result<(), VmError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).doing(|| format!("removing {}", folder.display()))
        }
        _ => Ok(()),
    }
}

/// Writes the files of a folder to disk, so that an entry that has its name after a power
/// failure has its contents, too.
fn sync_files(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_file() {
            File::open(entry.path())?.sync_all()?;
        } else if kind.is_dir() {
            sync_files(&entry.path())?;
        }
    }
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A cache that is removed at the end of the test.
    struct Scratch(Cache);

    impl Scratch {
        fn new(test: &str) -> Self {
            let name = format!("sctp-lab-cache-{test}-{}", std::process::id());
            Self(Cache::at(std::env::temp_dir().join(name)).unwrap())
        }

        fn shelf(&self) -> Shelf {
            self.0.shelf("things")
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(self.0.root());
        }
    }

    fn soon() -> Deadline {
        Deadline::after(std::time::Duration::from_secs(60))
    }

    #[test]
    fn whoever_holds_a_lock_for_ever_is_not_waited_for() {
        let scratch = Scratch::new("stuck");
        let shelf = scratch.shelf();
        let _first = shelf.building("one", soon(), &mut || {}).unwrap();
        let deadline = Deadline::after(std::time::Duration::from_millis(10));
        let error = shelf.reading("one", deadline, &mut || {}).unwrap_err();
        assert!(matches!(error, VmError::Stuck { .. }), "{error}");
    }

    #[test]
    fn a_lock_that_is_a_link_is_not_followed() {
        let scratch = Scratch::new("link");
        let shelf = scratch.shelf();
        make(&shelf.folder).unwrap();
        let elsewhere = scratch.0.root().join("elsewhere");
        std::os::unix::fs::symlink(&elsewhere, shelf.folder.join("one.lock")).unwrap();
        assert!(shelf.building("one", soon(), &mut || {}).is_err());
        assert!(!elsewhere.exists());
    }

    #[test]
    fn an_entry_is_removed_only_if_nobody_uses_it() {
        let scratch = Scratch::new("discarded");
        let shelf = scratch.shelf();
        assert!(matches!(shelf.discard("one"), Discarded::NotThere));
        let guard = shelf.building("one", soon(), &mut || {}).unwrap();
        guard.start().unwrap();
        guard.publish().unwrap();
        let reader = shelf.reading("one", soon(), &mut || {}).unwrap();
        assert!(matches!(shelf.discard("one"), Discarded::InUse));
        assert_eq!(shelf.entries(), ["one"]);
        drop(reader);
        assert!(matches!(shelf.discard("one"), Discarded::Removed));
        assert!(shelf.entries().is_empty());
    }

    #[test]
    fn an_entry_appears_only_when_it_is_whole() {
        let scratch = Scratch::new("whole");
        let shelf = scratch.shelf();
        let guard = shelf.building("one", soon(), &mut || {}).unwrap();
        fs::write(guard.start().unwrap().join("file"), "x").unwrap();
        assert!(shelf.entries().is_empty());
        guard.publish().unwrap();
        assert_eq!(shelf.entries(), ["one"]);
        assert_eq!(
            fs::read_to_string(shelf.entry("one").join("file")).unwrap(),
            "x"
        );
    }

    #[test]
    fn leftovers_of_a_killed_builder_are_swept() {
        let scratch = Scratch::new("sweep");
        let shelf = scratch.shelf();
        for name in ["one", "other"] {
            // The leftovers of a process that was killed while it was building.
            fs::create_dir_all(shelf.folder.join(format!("{name}{UNFINISHED}"))).unwrap();
        }
        let guard = shelf.building("one", soon(), &mut || {}).unwrap();
        let names: Vec<_> = fs::read_dir(&shelf.folder).unwrap().flatten().collect();
        assert!(
            names.iter().all(|entry| entry.path().is_file()),
            "{names:?}"
        );
        drop(guard);
    }

    #[test]
    fn a_second_builder_waits_for_the_first() {
        let scratch = Scratch::new("wait");
        let shelf = scratch.shelf();
        let first = shelf.building("one", soon(), &mut || {}).unwrap();
        fs::write(first.start().unwrap().join("file"), "first").unwrap();
        let (waits, waiting) = std::sync::mpsc::channel();
        let second = std::thread::spawn({
            let shelf = shelf.clone();
            move || {
                let guard = shelf
                    .building("one", soon(), &mut || waits.send(()).unwrap())
                    .unwrap();
                let seen = fs::read_to_string(shelf.entry("one").join("file"));
                drop(guard);
                seen
            }
        });
        waiting.recv().unwrap();
        first.publish().unwrap();
        assert_eq!(second.join().unwrap().unwrap(), "first");
    }
}
