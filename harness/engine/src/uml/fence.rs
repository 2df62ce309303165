//! Restricts the host's files that a kernel may write.
//!
//! The guest's root is the host's, mounted to be read only. Who is root in the guest, as
//! every program there is, could mount it anew; so the host's kernel holds the guest's
//! to it as well (Landlock, Linux 5.13). Where it cannot, the mount is all there is.

use std::path::Path;

use landlock::{
    ABI, AccessFs, PathBeneath, PathFd, Ruleset, RulesetAttr, RulesetCreated, RulesetCreatedAttr,
    RulesetError,
};

/// Where User Mode Linux has the guest's memory, in a file without a name
/// (arch/um/os-Linux/mem.c).
pub(super) const MEMORY: &str = "/dev/shm";

/// What lets the process that it is put on write into these folders and nowhere else.
pub(super) fn around(folders: &[&Path]) -> Result<RulesetCreated, RulesetError> {
    let writing = AccessFs::from_write(ABI::V3);
    let mut fence = Ruleset::default().handle_access(writing)?.create()?;
    for folder in folders {
        // One that is not there cannot be written into.
        if let Ok(folder) = PathFd::new(folder) {
            fence = fence.add_rule(PathBeneath::new(folder, writing))?;
        }
    }
    // Its consoles that lead nowhere.
    if let Ok(null) = PathFd::new("/dev/null") {
        fence = fence.add_rule(PathBeneath::new(null, AccessFs::WriteFile))?;
    }
    Ok(fence)
}
