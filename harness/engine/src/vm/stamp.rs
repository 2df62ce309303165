//! Noticing that a file changed.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// Size and time of the last change: a file that something wrote to since is
/// noticed without reading hundreds of megabytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    bytes: u64,
    changed: (i64, i64),
}

impl Stamp {
    pub(super) fn of(path: &Path) -> std::io::Result<Self> {
        let file = fs::metadata(path)?;
        Ok(Self {
            bytes: file.size(),
            changed: (file.mtime(), file.mtime_nsec()),
        })
    }
}
