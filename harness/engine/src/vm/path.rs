//! Looks for a program on `PATH`.

use std::path::PathBuf;

use nix::unistd::{AccessFlags, access};

/// The first program of this name on `PATH` that this user may execute.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|candidate| candidate.is_file() && access(candidate, AccessFlags::X_OK).is_ok())
}
