//! Whether this process may make networks.

use std::os::unix::fs::FileTypeExt;

/// Why this process cannot make networks, and what would mend that.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Lack {
    /// Only root makes jails.
    #[error("only root may make jails; run as root")]
    NotRoot,
    /// No frames can be seen or sent.
    #[error("there is no /dev/bpf here; in a jail, its devfs ruleset must unhide it")]
    NoBpf,
}

/// Makes this process one that can make networks. For the start of a program.
///
/// # Errors
/// What is lacking.
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
