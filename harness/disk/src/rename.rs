//! Renaming beyond rename(2): without replacing, and swapping two names.

use std::io;
use std::path::Path;

/// Renames a folder `from` to `to`, unless `to` exists. Where the system has only rename(2),
/// an empty folder `to` is replaced.
///
/// # Errors
///
/// [`io::ErrorKind::AlreadyExists`] or [`io::ErrorKind::DirectoryNotEmpty`] if `to`
/// exists.
pub(crate) fn to_free_name(from: &Path, to: &Path) -> io::Result<()> {
    match with_flag(from, to, Flag::NoReplace) {
        // rename(2) never replaces a folder that is not empty.
        Err(error) if is_unsupported(&error) => std::fs::rename(from, to),
        done => done,
    }
}

/// Swaps two names in one step. Not every file system can: see [`is_unsupported`].
pub(crate) fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    with_flag(one, other, Flag::Exchange)
}

/// Whether the kernel or the file system lacks this kind of rename.
pub(crate) fn is_unsupported(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported
    )
}

enum Flag {
    NoReplace,
    Exchange,
}

#[cfg(target_os = "linux")]
fn with_flag(from: &Path, to: &Path, flag: Flag) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    let flag = match flag {
        Flag::NoReplace => RenameFlags::NOREPLACE,
        Flag::Exchange => RenameFlags::EXCHANGE,
    };
    Ok(renameat_with(CWD, from, CWD, to, flag)?)
}

#[cfg(not(target_os = "linux"))]
fn with_flag(_: &Path, _: &Path, flag: Flag) -> io::Result<()> {
    match flag {
        Flag::NoReplace | Flag::Exchange => Err(io::ErrorKind::Unsupported.into()),
    }
}
