//! Requirements of the `native` engine on Linux.
#![allow(unsafe_code)]

use std::fs;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use nix::errno::Errno;
use nix::sched::{CloneFlags, unshare};
use nix::sys::socket::{AddressFamily, SockFlag, SockProtocol, SockType, socket};
use nix::unistd::geteuid;

/// Something the `native` engine lacks on this machine.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// The SCTP module exists and is not loaded.
    #[error("this kernel's SCTP module is not loaded")]
    NotLoaded,
    /// `modprobe` is configured not to load the module.
    #[error(
        "this kernel's SCTP module is there, but line {line} of {file} keeps it from being loaded: {text}"
    )]
    Disabled {
        /// The file with the line.
        file: String,
        /// Number of the line, from 1.
        line: usize,
        /// Text of the line.
        text: String,
    },
    /// The distribution has the module in a separate package.
    #[error("this kernel's SCTP module is not installed")]
    NotInstalled {
        /// The install command of the distribution.
        install: String,
    },
    /// The kernel was built without SCTP.
    #[error("this kernel has no SCTP (socket: {0})")]
    NoSctp(Errno),
    /// This user may not make namespaces: it is not root and user namespaces are refused,
    /// or network namespaces are refused.
    #[error("this user may not make network namespaces (unshare: {0})")]
    NoNamespaces(Errno),
}

impl Missing {
    /// The command that gets what is missing, or advice in words, if there is any.
    pub fn remedy(&self) -> Option<String> {
        match self {
            Self::NotLoaded => Some("sudo modprobe sctp".into()),
            // The file may have rules for other modules, and an administrator wanted this
            // rule. So the remedy touches only this line, and leaves the decision to the
            // user.
            Self::Disabled { line, file, .. } => Some(format!(
                "if that line may go: sudo sed -i.before '{line}s/^/# /' {} && sudo modprobe sctp",
                ssh::quoted(file)
            )),
            Self::NotInstalled { install } => Some(format!("{install} && sudo modprobe sctp")),
            Self::NoSctp(_) => None,
            Self::NoNamespaces(_) if restricted_by_apparmor() => {
                Some("sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0".into())
            }
            Self::NoNamespaces(_) if is_zero("kernel/unprivileged_userns_clone") => {
                Some("run it as root, or: sudo sysctl -w kernel.unprivileged_userns_clone=1".into())
            }
            Self::NoNamespaces(_) if is_zero("user/max_user_namespaces") => {
                Some("run it as root, or: sudo sysctl -w user.max_user_namespaces=10000".into())
            }
            Self::NoNamespaces(_) if is_zero("user/max_net_namespaces") => {
                Some("sudo sysctl -w user.max_net_namespaces=10000".into())
            }
            Self::NoNamespaces(_) => Some("run it as root".into()),
        }
    }
}

/// The missing requirements of the `native` engine; empty if there are none.
pub fn probe() -> Vec<Missing> {
    [sctp().err(), namespaces().err()]
        .into_iter()
        .flatten()
        .collect()
}

fn sctp() -> Result<(), Missing> {
    let made = socket(
        AddressFamily::Inet,
        SockType::Stream,
        SockFlag::SOCK_CLOEXEC,
        SockProtocol::Sctp,
    );
    let Err(error) = made else {
        return Ok(());
    };
    let release = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let release = release.trim();
    let folder = Path::new("/lib/modules").join(release);
    if holds_sctp(&folder.join("kernel/net/sctp")) {
        return Err(match disabled_by() {
            Some(disabled) => disabled,
            None => Missing::NotLoaded,
        });
    }
    match packaged_as(release) {
        Some(install) if folder.is_dir() => Err(Missing::NotInstalled { install }),
        _ => Err(Missing::NoSctp(error)),
    }
}

fn holds_sctp(folder: &Path) -> bool {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    files
        .filter_map(|file| file.file_name().into_string().ok())
        .any(|name| name.starts_with("sctp.ko"))
}

/// The configuration that disables the module. A `blacklist` line keeps the kernel from
/// loading it automatically, but not `modprobe sctp`; an `install` line stops both.
fn disabled_by() -> Option<Missing> {
    let folders = ["/etc/modprobe.d", "/run/modprobe.d", "/lib/modprobe.d"];
    let files = folders.iter().flat_map(fs::read_dir).flatten().flatten();
    let mut files: Vec<_> = files.map(|file| file.path()).collect();
    files.sort();
    files.into_iter().find_map(|file| {
        let configuration = fs::read_to_string(&file).ok()?;
        let (line, text) = disabling_line(&configuration)?;
        Some(Missing::Disabled {
            file: terminal::escape(&file.display().to_string()),
            line,
            text: terminal::escape(text.trim()),
        })
    })
}

/// The line that disables the module, with its number, from 1.
fn disabling_line(modprobe_configuration: &str) -> Option<(usize, &str)> {
    let mut lines = modprobe_configuration.lines().enumerate();
    let (before, line) = lines.find(|(_, line)| {
        let mut words = line.split_whitespace();
        words.next() == Some("install") && words.next() == Some("sctp")
    })?;
    Some((before + 1, line))
}

fn packaged_as(release: &str) -> Option<String> {
    let system = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let is = |name: &str| {
        system
            .lines()
            .filter_map(|line| line.strip_prefix("ID=").or(line.strip_prefix("ID_LIKE=")))
            .any(|ids| ids.trim_matches('"').split(' ').any(|id| id == name))
    };
    if is("ubuntu") {
        Some(format!(
            "sudo apt-get install linux-modules-extra-{release}"
        ))
    } else if is("fedora") || is("rhel") {
        Some(format!("sudo dnf install kernel-modules-extra-{release}"))
    } else {
        None
    }
}

/// Tries namespaces in a child process. The child executes no program, and its namespaces
/// end with it.
fn namespaces() -> Result<(), Missing> {
    const ALLOWED: Errno = Errno::ECANCELED;
    let root = geteuid().is_root();
    let mut child = Command::new("/");
    // SAFETY: between fork and exec only system calls are made.
    unsafe {
        child.pre_exec(move || {
            if !root {
                unshare(CloneFlags::CLONE_NEWUSER)?;
            }
            unshare(CloneFlags::CLONE_NEWNET)?;
            Err(ALLOWED.into())
        });
    }
    let error = match child.spawn() {
        Err(error) => error
            .raw_os_error()
            .map_or(Errno::UnknownErrno, Errno::from_raw),
        Ok(_) => return Ok(()),
    };
    match error {
        ALLOWED => Ok(()),
        error => Err(Missing::NoNamespaces(error)),
    }
}

fn is_zero(sysctl: &str) -> bool {
    fs::read_to_string(Path::new("/proc/sys").join(sysctl)).is_ok_and(|value| value.trim() == "0")
}

fn restricted_by_apparmor() -> bool {
    fs::read_to_string("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")
        .is_ok_and(|value| value.trim() == "1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blacklist_line_is_no_hindrance_and_an_install_line_is() {
        assert_eq!(disabling_line("blacklist sctp\n"), None);
        assert_eq!(disabling_line("# install sctp /bin/false\n"), None);
        let both = "install dccp /bin/false\ninstall sctp /bin/false\n";
        assert_eq!(disabling_line(both), Some((2, "install sctp /bin/false")));
    }

    #[test]
    fn the_remedy_touches_the_one_line_and_keeps_the_file() {
        let disabled = Missing::Disabled {
            file: "/etc/modprobe.d/CIS.conf".into(),
            line: 7,
            text: "install sctp /bin/false".into(),
        };
        assert_eq!(
            disabled.remedy().unwrap(),
            "if that line may go: sudo sed -i.before '7s/^/# /' '/etc/modprobe.d/CIS.conf' \
             && sudo modprobe sctp"
        );
    }

    /// A requirement that the probe reports as missing is really missing.
    #[test]
    fn the_probe_agrees_with_the_kernel() {
        let supported = fs::read_to_string("/proc/net/protocols").unwrap();
        let loaded = supported.lines().any(|line| line.starts_with("SCTP "));
        let missing = probe();
        let sctp_missing = missing
            .iter()
            .any(|one| !matches!(one, Missing::NoNamespaces(_)));
        if loaded {
            assert!(!sctp_missing, "{missing:?}");
        }
        if sctp_missing {
            assert!(!loaded);
        }
    }
}
