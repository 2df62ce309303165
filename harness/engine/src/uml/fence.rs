//! Restricts the host's files that a kernel may write.
//!
//! The guest's root is the host's root, mounted read-only. But every program in the guest
//! runs as the user root, and could mount the host's root writable. So the host's kernel
//! enforces the restriction, too (Landlock, Linux 5.13). On a host without Landlock, the
//! read-only mount is the only protection.

use std::path::Path;

use landlock::{
    ABI, AccessFs, PathBeneath, PathFd, Ruleset, RulesetAttr, RulesetCreated, RulesetCreatedAttr,
    RulesetError,
};

/// The folder in which User Mode Linux keeps the guest's memory, in a file without a name
/// (arch/um/os-Linux/mem.c).
pub(super) const MEMORY: &str = "/dev/shm";

/// Rules for a process that may write into these folders and nowhere else.
pub(super) fn around(folders: &[&Path]) -> Result<RulesetCreated, RulesetError> {
    let writing = AccessFs::from_write(ABI::V3);
    let mut fence = Ruleset::default().handle_access(writing)?.create()?;
    for folder in folders {
        // A folder that does not exist needs no rule.
        if let Ok(folder) = PathFd::new(folder) {
            fence = fence.add_rule(PathBeneath::new(folder, writing))?;
        }
    }
    // The kernel's unused consoles write to /dev/null.
    if let Ok(null) = PathFd::new("/dev/null") {
        fence = fence.add_rule(PathBeneath::new(null, AccessFs::WriteFile))?;
    }
    Ok(fence)
}
