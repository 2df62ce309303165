//! Files and folders that appear under their names only when they are whole.
//!
//! New content is first written beside its target, as `NAME.XXXXXX.part`. The new content
//! takes the target's name once it is complete and on the disk. A crash, a full disk or
//! `kill -9` at any moment leaves the old or the complete new content, and at most a `.part`
//! beside it. Only where two names cannot be swapped in one step, a crash may leave the old
//! folder as `NAME.XXXXXX.old`: [`remnant_of`] finds it. See rename(2) and renameat2(2).

mod beside;
mod file;
mod folder;
mod opened;
mod rename;

pub use beside::{OLD, PART, remnants};
pub use file::{FileDraft, replace};
pub use folder::{FolderDraft, remnant_of};
pub use opened::OpenFolder;

use std::fs::File;
use std::io;
use std::path::Path;

/// The parent folder of this path.
pub(crate) fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => Path::new("/"),
    }
}

/// Flushes a folder, so that its new names survive a power failure. File systems without
/// this operation are accepted.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder)?.sync_all() {
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
        done => done,
    }
}
