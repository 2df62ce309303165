//! Reads the execution counts of a kernel from its debugfs.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use nix::mount::{MsFlags, mount};

/// Mount point of debugfs.
const DEBUGFS: &str = "/sys/kernel/debug";

/// Passes the counts (`.gcda`) of each file of SCTP's code to `take`, with the name of the
/// file of counts. A kernel without execution counters gives an error.
pub(super) fn each(mut take: impl FnMut(&str, &[u8]) -> io::Result<()>) -> io::Result<()> {
    let flags = MsFlags::empty();
    mount(
        Some("debugfs"),
        DEBUGFS,
        Some("debugfs"),
        flags,
        None::<&str>,
    )
    .map_err(|error| io::Error::other(format!("mounting {DEBUGFS}: {error}")))?;
    for path in files(&Path::new(DEBUGFS).join("gcov"))? {
        if let Some(name) = path.file_name().and_then(|it| it.to_str()) {
            take(name, &fs::read(&path)?)?;
        }
    }
    Ok(())
}

/// The files of counts below a folder. The kernel arranges them by the whole paths of the
/// compiled files (kernel/gcov/fs.c).
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_symlink() {
            // A link to the compiler's notes, which the guest does not need.
            continue;
        }
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if path.extension().is_some_and(|it| it == "gcda") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
