//! Caches for tests.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use engine::vm::Cache;
use tempfile::TempDir;

/// A cache of a test's own, which is removed with this value. It has the kernels of the
/// user's cache, so that none is fetched again, and no booted machine.
#[derive(Debug)]
pub struct FreshCache(TempDir);

impl FreshCache {
    /// # Errors
    ///
    /// The file system's error.
    pub fn new() -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let users = Cache::of_user().map_err(|error| error.to_string())?;
        let kernels = users.root().join("kernels");
        if kernels.is_dir() {
            symlink(&kernels, folder.path().join("kernels")).map_err(|error| error.to_string())?;
        }
        Ok(Self(folder))
    }

    /// The value for `SCTP_LAB_CACHE`.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.0.path()
    }
}

/// The kernel in the user's cache, if there is one.
#[must_use]
pub fn kernel() -> Option<PathBuf> {
    let cache = Cache::of_user().ok()?;
    let found = engine::vm::probe(&cache);
    Some(found.kernel.ok()?.image().to_owned())
}
