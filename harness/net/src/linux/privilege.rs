//! Tests whether this process may make networks, and gets the rights if possible.
//!
//! A network needs the capabilities `CAP_SYS_ADMIN` (for namespaces), `CAP_NET_ADMIN` and
//! `CAP_NET_RAW`. Root has them. Other users get them in a user namespace, where the
//! system allows that.

mod trial;

use std::{fs, io};

use nix::sched::{CloneFlags, unshare};
use nix::unistd::{getegid, geteuid};

use trial::{Refusal, Step};

/// The way for this process to make networks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Privilege {
    /// The process has the capabilities already.
    Held,
    /// The process gets the capabilities once it has [entered a user
    /// namespace](enter_user_namespace).
    UserNamespace,
}

/// Reason why this process cannot make networks, with a remedy.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Lack {
    /// Debian's switch for user namespaces is off.
    #[error(
        "only root may make user namespaces here; run as root, or allow it: \
         `sysctl -w kernel.unprivileged_userns_clone=1`"
    )]
    SwitchedOff,
    /// Ubuntu's AppArmor denies the capabilities.
    #[error(
        "AppArmor denies unprivileged user namespaces their rights; run as root, or allow it: \
         `sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`"
    )]
    AppArmor,
    /// The system's limit of user namespaces is reached, or 0.
    #[error(
        "no more user namespaces are allowed here; run as root, or allow more: \
         `sysctl -w user.max_user_namespaces=10000`"
    )]
    Limit,
    /// Another mechanism forbids namespaces, such as a container's seccomp filter.
    #[error(
        "this process may make no namespaces ({0}); run as root, \
         or in a container with `--cap-add SYS_ADMIN --cap-add NET_ADMIN --cap-add NET_RAW \
         --security-opt seccomp=unconfined`"
    )]
    Forbidden(#[source] io::Error),
    /// The kernel has no network namespaces.
    #[error("this kernel has no network namespaces ({0}); it needs CONFIG_NET_NS")]
    NoNamespaces(#[source] io::Error),
    /// The kernel has no packet sockets.
    #[error("this kernel opens no packet sockets ({0}); try `modprobe af_packet`")]
    NoPacketSockets(#[source] io::Error),
    /// The kernel has no veth.
    #[error("this kernel makes no veth interfaces ({0}); try `modprobe veth`")]
    NoVeth(#[source] io::Error),
    /// The test itself failed.
    #[error("cannot find out what this process may do: {0}")]
    Unknown(#[source] io::Error),
}

/// Tests whether this process can make networks, by making one in a child that ends at
/// once. This process is not changed.
///
/// # Errors
/// The missing right.
pub fn probe() -> Result<Privilege, Lack> {
    match trial::run(Step::Network).map_err(Lack::Unknown)? {
        Ok(()) => Ok(Privilege::Held),
        Err(refusal) if refusal.is_for_lack_of_rights() => trial::run(Step::User)
            .map_err(Lack::Unknown)?
            .map(|()| Privilege::UserNamespace)
            .map_err(|refusal| lack(refusal, &setting)),
        Err(refusal) => Err(lack(refusal, &setting)),
    }
}

/// Gives this process the rights to make networks, if necessary in a user namespace. To
/// be called at the start of a program, while it has one thread.
///
/// # Errors
/// The missing right.
pub fn acquire() -> Result<(), Lack> {
    match probe()? {
        Privilege::Held => Ok(()),
        Privilege::UserNamespace => enter_user_namespace(),
    }
}

/// Moves this process into a user namespace, in which it keeps its user and may make
/// networks. To be called at the start of a program, while it has one thread.
///
/// # Errors
/// The missing right; [`Lack::Unknown`] with `EINVAL` if there are more threads.
pub fn enter_user_namespace() -> Result<(), Lack> {
    let (user, group) = (geteuid(), getegid());
    unshare(CloneFlags::CLONE_NEWUSER).map_err(|errno| {
        let refusal = Refusal {
            step: Step::User,
            errno: errno as i32,
        };
        match errno {
            nix::Error::EINVAL => Lack::Unknown(errno.into()),
            _ => lack(refusal, &setting),
        }
    })?;
    // user_namespaces(7): a group may be mapped only after setgroups is denied.
    fs::write("/proc/self/setgroups", "deny")
        .and_then(|()| fs::write("/proc/self/uid_map", format!("{user} {user} 1")))
        .and_then(|()| fs::write("/proc/self/gid_map", format!("{group} {group} 1")))
        .map_err(Lack::Unknown)
}

fn lack(refusal: Refusal, setting: &dyn Fn(&str) -> Option<String>) -> Lack {
    let is = |name, value: &str| setting(name).as_deref() == Some(value);
    let error = refusal.error();
    match refusal.step {
        Step::User | Step::Network if refusal.is_for_lack_of_rights() => {
            if is("kernel/unprivileged_userns_clone", "0") {
                Lack::SwitchedOff
            } else if is("kernel/apparmor_restrict_unprivileged_userns", "1") {
                Lack::AppArmor
            } else {
                Lack::Forbidden(error)
            }
        }
        Step::User | Step::Network if refusal.errno == libc::ENOSPC => Lack::Limit,
        Step::User | Step::Network => Lack::NoNamespaces(error),
        Step::Socket => Lack::NoPacketSockets(error),
        Step::Veth => Lack::NoVeth(error),
    }
}

fn setting(name: &str) -> Option<String> {
    fs::read_to_string(format!("/proc/sys/{name}"))
        .ok()
        .map(|value| value.trim().to_owned())
}

#[cfg(test)]
mod tests;
