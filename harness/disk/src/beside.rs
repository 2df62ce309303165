//! Names of drafts beside their targets, and the test whether a draft is in use or was
//! left by a crash.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, TryLockError};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use super::parent;

/// Extension of an incomplete file or folder.
pub const PART: &str = ".part";
/// Extension of a folder that is being replaced, where two names cannot be swapped in one
/// step.
pub const OLD: &str = ".old";

/// Number of attempts to find a free name for a draft.
pub(crate) const TRIES: usize = 100;

/// Number of random characters in the name of a draft.
const RANDOM: usize = 6;

/// Greatest length of a target's name in a draft's name. A longer name becomes `file`.
const LONGEST: usize = 200;

/// Makes a draft of this target, named `NAME.XXXXXX` and the extension. `make` fails if
/// the name is taken, and is called again with another name.
pub(crate) fn make_beside<R>(
    target: &Path,
    ending: &str,
    make: impl FnMut(&Path) -> io::Result<R>,
) -> io::Result<NamedTempFile<R>> {
    let mut prefix = name(target)?;
    prefix.push(".");
    Builder::new()
        .prefix(&prefix)
        .suffix(ending)
        .rand_bytes(RANDOM)
        .make_in(parent(target), make)
}

fn name(target: &Path) -> io::Result<OsString> {
    let name = target.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    Ok(match name.len() {
        0..=LONGEST => name.to_owned(),
        _ => OsString::from("file"),
    })
}

/// Locks a new draft for as long as the file is open. Returns whether the draft still
/// exists: before the lock, another process may have removed it as a remnant.
pub(crate) fn claim(draft: &File, path: &Path) -> bool {
    match draft.try_lock() {
        Err(TryLockError::WouldBlock) => false,
        // On a file system without locks, remnants are never removed.
        Ok(()) | Err(TryLockError::Error(_)) => is_at(draft, path),
    }
}

/// The drafts of a target: those in use, and the remnants of a crash.
///
/// # Errors
///
/// Errors of the file system.
pub fn remnants(target: &Path) -> io::Result<Vec<PathBuf>> {
    let name = name(target)?;
    let mut found = Vec::new();
    for entry in fs::read_dir(parent(target))? {
        let entry = entry?;
        if is_beside(&entry.file_name(), &name) && !entry.file_type()?.is_symlink() {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

fn is_beside(file: &OsStr, name: &OsStr) -> bool {
    let inside = file
        .as_encoded_bytes()
        .strip_prefix(name.as_encoded_bytes())
        .and_then(|rest| rest.strip_prefix(b"."));
    let random = inside.and_then(|rest| {
        let part = rest.strip_suffix(PART.as_bytes());
        part.or_else(|| rest.strip_suffix(OLD.as_bytes()))
    });
    random.is_some_and(|it| it.len() == RANDOM && it.iter().all(u8::is_ascii_alphanumeric))
}

pub(crate) fn ends_with(path: &Path, ending: &str) -> bool {
    path.as_os_str()
        .as_encoded_bytes()
        .ends_with(ending.as_bytes())
}

/// Whether the open file has this name.
pub(crate) fn is_at(open: &File, path: &Path) -> bool {
    same(open.metadata(), path.symlink_metadata())
}

/// Whether both exist and are the same file.
pub(crate) fn same(one: io::Result<fs::Metadata>, other: io::Result<fs::Metadata>) -> bool {
    let id = |it: fs::Metadata| (it.dev(), it.ino());
    matches!((one.map(id), other.map(id)), (Ok(one), Ok(other)) if one == other)
}
