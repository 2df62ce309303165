//! The settings of the namespace that the calling thread is in.

use std::{fs, io};

use crate::error::NetError;
use crate::plan::Sysctl;

/// Sets what the user asks for, by its name with dots.
pub(super) fn apply(sysctl: &Sysctl) -> Result<(), NetError> {
    let Sysctl { name, value } = sysctl;
    let path = name
        .strip_prefix("net.")
        .ok_or_else(|| NetError::NotOfANode(name.clone()))?;
    set(&path.replace('.', "/"), value)
}

/// Writes `value` to `net.NAME`, as in `ipv4/ip_forward`.
///
/// `/proc/sys/net` shows every thread its own namespace's settings, so nobody
/// else's are touched from a thread that has entered a node.
pub(super) fn set(name: &str, value: &str) -> Result<(), NetError> {
    match fs::write(format!("/proc/sys/net/{name}"), value) {
        // A kernel without IPv6 has nothing to set, and says so itself when an
        // address is added.
        Err(error) if error.kind() == io::ErrorKind::NotFound && name.starts_with("ipv6/") => {
            Ok(())
        }
        written => written.map_err(NetError::kernel(format!(
            "set net.{} to {value}",
            name.replace('/', ".")
        ))),
    }
}
