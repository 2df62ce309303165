//! Kernel settings of the calling thread's namespace.

use std::{fs, io};

use crate::error::NetError;
use crate::plan::Sysctl;

/// Applies a setting of the user, by its name with dots.
pub(super) fn apply(sysctl: &Sysctl) -> Result<(), NetError> {
    let Sysctl { name, value } = sysctl;
    let path = name
        .strip_prefix("net.")
        .ok_or_else(|| NetError::NotOfANode(name.clone()))?;
    set(&path.replace('.', "/"), value)
}

/// Writes `value` to `net.NAME`, as in `ipv4/ip_forward`.
///
/// `/proc/sys/net` shows every thread the settings of its own namespace. So a thread that
/// has entered a node changes only the node's settings.
pub(super) fn set(name: &str, value: &str) -> Result<(), NetError> {
    match fs::write(format!("/proc/sys/net/{name}"), value) {
        // A kernel without IPv6 has no such setting, and refuses an IPv6 address later.
        Err(error) if error.kind() == io::ErrorKind::NotFound && name.starts_with("ipv6/") => {
            Ok(())
        }
        written => written.map_err(NetError::kernel(format!(
            "set net.{} to {value}",
            name.replace('/', ".")
        ))),
    }
}
