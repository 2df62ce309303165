//! Tests whether this process may make networks.

use std::os::unix::fs::FileTypeExt;

/// Reason why this process cannot make networks, with a remedy.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Lack {
    /// Only root can make jails.
    #[error("only root may make jails; run as root")]
    NotRoot,
    /// There is no bpf(4), so frames can be neither seen nor sent.
    #[error("there is no /dev/bpf here; in a jail, its devfs ruleset must unhide it")]
    NoBpf,
}

/// Gives this process the rights to make networks. To be called at the start of a
/// program.
///
/// # Errors
/// The missing right.
pub fn acquire() -> Result<(), Lack> {
    // SAFETY: it cannot fail and takes nothing.
    #[allow(unsafe_code)]
    let user = unsafe { libc::geteuid() };
    if user != 0 {
        return Err(Lack::NotRoot);
    }
    match std::fs::metadata("/dev/bpf") {
        Ok(device) if device.file_type().is_char_device() => Ok(()),
        _ => Err(Lack::NoBpf),
    }
}
