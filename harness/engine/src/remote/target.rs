//! The machine of a box, and the ssh connection to it.

use std::fmt;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use ssh::{Host, Ssh};

use super::error::{BoxError, doing};

/// A machine by the user's name for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A box of the `Vagrantfile` here.
    Vagrant(String),
    /// A destination of `ssh`: a host of its configuration, or `user@host`.
    Ssh(Host),
}

impl Target {
    /// Parses a name: `freebsd` is a Vagrant box; `user@host` and `user@host:port` are
    /// hosts; a leading `@`, as in `@lab`, marks a host of the ssh configuration.
    #[must_use]
    pub fn named(name: &str) -> Self {
        let Some((user, rest)) = name.split_once('@') else {
            return Self::Vagrant(name.to_owned());
        };
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) if port.parse::<u16>().is_ok() => (host, port.parse().ok()),
            _ => (rest, None),
        };
        Self::Ssh(Host {
            user: (!user.is_empty()).then(|| user.to_owned()),
            port,
            ..Host::named(host)
        })
    }

    /// The ssh connection to the machine. Its files are kept in `folder`.
    ///
    /// A Vagrant box must have the host key of the first connection (Vagrant itself would
    /// check no key); a host must have a key that the user knows.
    pub(super) fn way(&self, folder: &Path, limit: Duration) -> Result<Ssh, BoxError> {
        let name = match self {
            Self::Ssh(host) => return Ok(Ssh::to(host)),
            Self::Vagrant(name) => name,
        };
        fs::create_dir_all(folder).map_err(doing("making a folder for ssh"))?;
        let config = folder.join("ssh-config");
        fs::write(&config, vagrant_ssh_config(name, limit)?)
            .map_err(doing("writing ssh's configuration"))?;
        let known_hosts = folder.join("known_hosts");
        let arguments = vec![
            "-F".into(),
            config.display().to_string(),
            "-o".into(),
            "StrictHostKeyChecking=accept-new".into(),
            "-o".into(),
            format!("UserKnownHostsFile={}", known_hosts.display()),
            "--".into(),
            name.clone(),
        ];
        let trust_anew = format!("rm {}", ssh::quoted(&known_hosts.display().to_string()));
        Ok(Ssh::by(name.clone(), arguments, trust_anew))
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Vagrant(name) => f.write_str(name),
            Self::Ssh(host) => host.fmt(f),
        }
    }
}

fn vagrant_ssh_config(name: &str, limit: Duration) -> Result<Vec<u8>, BoxError> {
    let mut vagrant = Command::new("vagrant");
    let said = process::run(vagrant.args(["ssh-config", "--", name]), b"", limit)
        .map_err(BoxError::NoVagrant)?;
    if said.status.success() {
        return Ok(said.stdout);
    }
    Err(BoxError::NotUp {
        name: name.to_owned(),
        words: said.stderr,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_vagrant_box_and_an_at_makes_it_a_host() {
        let host = |user: Option<&str>, name: &str, port| {
            Target::Ssh(Host {
                user: user.map(Into::into),
                port,
                ..Host::named(name)
            })
        };
        assert_eq!(Target::named("freebsd"), Target::Vagrant("freebsd".into()));
        assert_eq!(Target::named("me@there"), host(Some("me"), "there", None));
        assert_eq!(
            Target::named("me@there:22022"),
            host(Some("me"), "there", Some(22022))
        );
        assert_eq!(Target::named("@lab"), host(None, "lab", None));
        assert_eq!(
            Target::named("me@fe80::zz"),
            host(Some("me"), "fe80::zz", None)
        );
    }
}
