//! What drafts are called, beside the places that they are for, and how a draft in
//! use is told from one that a crash has left.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, TryLockError};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use super::parent;

/// The ending of what is not whole.
pub const PART: &str = ".part";
/// The ending of what was whole, and is being replaced where two names cannot be
/// swapped in one step.
pub const OLD: &str = ".old";

/// How often a name may be taken by others while a draft tries to get it.
pub(crate) const TRIES: usize = 100;

/// So many characters tell drafts of one name from each other.
const RANDOM: usize = 6;

/// A longer name has no room for the rest of a draft's.
const LONGEST: usize = 200;

/// Makes a draft of this place, called `NAME.XXXXXX` and the ending. `make` fails
/// if something is called so, and is asked again then, with another name.
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

/// Locks a new draft for as long as the file is open. Whether it is there still:
/// until then another process may have taken it for a left-over.
pub(crate) fn claim(draft: &File, path: &Path) -> bool {
    match draft.try_lock() {
        Err(TryLockError::WouldBlock) => false,
        // A file system without locks: nobody clears away there.
        Ok(()) | Err(TryLockError::Error(_)) => is_at(draft, path),
    }
}

/// What is beside a place under a draft's name: drafts in use, and what a crash has
/// left.
///
/// # Errors
///
/// Those of the file system.
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

/// Whether this is what has that name.
pub(crate) fn is_at(open: &File, path: &Path) -> bool {
    same(open.metadata(), path.symlink_metadata())
}

/// Whether both are there, and are the same.
pub(crate) fn same(one: io::Result<fs::Metadata>, other: io::Result<fs::Metadata>) -> bool {
    let id = |it: fs::Metadata| (it.dev(), it.ino());
    matches!((one.map(id), other.map(id)), (Ok(one), Ok(other)) if one == other)
}
