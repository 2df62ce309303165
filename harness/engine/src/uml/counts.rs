//! Reads the execution counts of a kernel from its debugfs.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use nix::mount::{MsFlags, mount};

/// Where the kernel has debugfs.
const DEBUGFS: &str = "/sys/kernel/debug";

/// Hands over the file of counts (`.gcda`) of each file of SCTP's code, by its name. A
/// kernel that does not count has none.
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

/// The kernel has them by the whole path of what was compiled (kernel/gcov/fs.c).
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_symlink() {
            // To where the compiler wrote its part, which is not in the guest's way.
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
