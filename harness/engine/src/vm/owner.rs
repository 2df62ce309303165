//! The owner of the cache's folder.

use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use nix::unistd::geteuid;

use super::error::VmError;

/// Refuses a cache that belongs to another user or that every user may write to, since the
/// lab runs kernels from its cache. A cache that does not exist yet is accepted.
pub(super) fn check(cache: &Path) -> Result<(), VmError> {
    let bad = |reason: String| VmError::BadCache {
        path: cache.to_owned(),
        reason,
    };
    let user = geteuid().as_raw();
    // A symbolic link of another user may lead to another folder tomorrow.
    let by_name = fs::symlink_metadata(cache).ok();
    let followed = fs::metadata(cache).ok();
    let Some(by_name) = by_name else {
        return Ok(());
    };
    if by_name.is_symlink() && !is_of(&by_name, user) && !is_of(&by_name, 0) {
        return Err(bad(format!("it is a link of user {}", by_name.uid())));
    }
    match followed {
        None => Err(bad("it is a link to nothing".into())),
        Some(folder) if !folder.is_dir() => Err(bad("it is no folder".into())),
        Some(folder) if !is_of(&folder, user) => {
            Err(bad(format!("it belongs to user {}", folder.uid())))
        }
        Some(folder) if folder.mode() & 0o002 != 0 => Err(bad("every user may write there".into())),
        Some(_) => Ok(()),
    }
}

fn is_of(file: &Metadata, user: u32) -> bool {
    file.uid() == user
}

#[cfg(test)]
mod tests {
    use std::fs::Permissions;
    use std::os::unix::fs::{PermissionsExt, chown, symlink};

    use super::*;

    #[test]
    fn a_cache_is_the_users_own() {
        let folder = std::env::temp_dir().join(format!("sctp-lab-owner-{}", std::process::id()));
        let cache = folder.join("cache");
        assert!(check(&cache).is_ok(), "it is not there yet");
        fs::create_dir_all(&cache).unwrap();
        assert!(check(&cache).is_ok());
        let link = folder.join("link");
        symlink(&cache, &link).unwrap();
        assert!(check(&link).is_ok(), "the user's own");

        fs::set_permissions(&cache, Permissions::from_mode(0o777)).unwrap();
        assert!(check(&cache).is_err());
        assert!(check(&link).is_err());
        fs::set_permissions(&cache, Permissions::from_mode(0o700)).unwrap();
        if geteuid().is_root() {
            chown(&cache, Some(65534), None).unwrap();
            let error = check(&cache).unwrap_err().to_string();
            assert!(error.ends_with("it belongs to user 65534"), "{error}");
        }
        fs::remove_dir_all(&cache).unwrap();
        assert!(check(&link).is_err(), "to nothing");
        fs::write(&cache, "").unwrap();
        assert!(check(&cache).is_err(), "a file");
        fs::remove_dir_all(&folder).unwrap();
    }
}
