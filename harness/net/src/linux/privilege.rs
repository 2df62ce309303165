//! Whether this process may make networks, and how it comes to.
//!
//! A network needs the capabilities `CAP_SYS_ADMIN` (for namespaces),
//! `CAP_NET_ADMIN` and `CAP_NET_RAW`. Root has them. Anybody else gets them in a
//! user namespace of their own, where the system allows that.

mod trial;

use std::{fs, io};

use nix::sched::{CloneFlags, unshare};
use nix::unistd::{getegid, geteuid};

use trial::{Refusal, Step};

/// How this process can make networks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Privilege {
    /// It can as it is.
    Held,
    /// It can once it has [entered a user namespace](enter_user_namespace).
    UserNamespace,
}

/// Why this process cannot make networks, and what would mend that.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Lack {
    /// Debian's switch is off.
    #[error(
        "only root may make user namespaces here; run as root, or allow it: \
         `sysctl -w kernel.unprivileged_userns_clone=1`"
    )]
    SwitchedOff,
    /// Ubuntu's AppArmor takes the capabilities away again.
    #[error(
        "AppArmor denies unprivileged user namespaces their rights; run as root, or allow it: \
         `sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`"
    )]
    AppArmor,
    /// The system's limit is reached, or 0.
    #[error(
        "no more user namespaces are allowed here; run as root, or allow more: \
         `sysctl -w user.max_user_namespaces=10000`"
    )]
    Limit,
    /// Something else forbids it, such as a container's seccomp filter.
    #[error(
        "this process may make no namespaces ({0}); run as root, \
         or in a container with `--cap-add SYS_ADMIN --cap-add NET_ADMIN --cap-add NET_RAW \
         --security-opt seccomp=unconfined`"
    )]
    Forbidden(#[source] io::Error),
    /// The kernel cannot.
    #[error("this kernel has no network namespaces ({0}); it needs CONFIG_NET_NS")]
    NoNamespaces(#[source] io::Error),
    /// The kernel cannot.
    #[error("this kernel opens no packet sockets ({0}); try `modprobe af_packet`")]
    NoPacketSockets(#[source] io::Error),
    /// The kernel cannot.
    #[error("this kernel makes no veth interfaces ({0}); try `modprobe veth`")]
    NoVeth(#[source] io::Error),
    /// The question itself could not be put.
    #[error("cannot find out what this process may do: {0}")]
    Unknown(#[source] io::Error),
}

/// Finds out whether this process can make networks, by doing so in a child
/// that ends at once. Nothing here is changed.
///
/// # Errors
/// What is lacking.
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

/// Makes this process one that can make networks, in a user namespace if need
/// be. For the start of a program: it must still have one thread.
///
/// # Errors
/// What is lacking.
pub fn acquire() -> Result<(), Lack> {
    match probe()? {
        Privilege::Held => Ok(()),
        Privilege::UserNamespace => enter_user_namespace(),
    }
}

/// Moves this process into a user namespace, where it is who it was but may
/// make networks. For the start of a program: it must still have one thread.
///
/// # Errors
/// What is lacking; [`Lack::Unknown`] with `EINVAL` if there are more threads.
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
