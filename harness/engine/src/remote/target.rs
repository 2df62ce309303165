//! Which machine a box is, and how ssh comes to it.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::error::{BoxError, doing};

/// A machine, as the user names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A box of the `Vagrantfile` here.
    Vagrant(String),
    /// What `ssh` takes: a host of its configuration, or `user@host`.
    Ssh {
        /// The host.
        host: String,
        /// Its port, if it is not ssh's own.
        port: Option<u16>,
    },
}

impl Target {
    /// `freebsd` is a Vagrant box; `user@host` and `user@host:port` are hosts.
    /// An `@` alone before the name, as in `@lab`, is a host of ssh's
    /// configuration.
    #[must_use]
    pub fn named(name: &str) -> Self {
        let Some((user, rest)) = name.split_once('@') else {
            return Self::Vagrant(name.to_owned());
        };
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) if port.parse::<u16>().is_ok() => (host, port.parse().ok()),
            _ => (rest, None),
        };
        let host = if user.is_empty() {
            host.to_owned()
        } else {
            format!("{user}@{host}")
        };
        Self::Ssh { host, port }
    }

    /// ssh's arguments that lead there. What they need is kept in `folder`.
    ///
    /// A Vagrant box proves itself by the key that it had when it was first met
    /// (Vagrant itself would ask for none); a host by the keys that the user
    /// knows.
    pub(super) fn arguments(&self, folder: &Path) -> Result<Vec<String>, BoxError> {
        match self {
            Self::Ssh { host, port } => {
                let mut arguments = vec!["-o".into(), "StrictHostKeyChecking=yes".into()];
                if let Some(port) = port {
                    arguments.extend(["-p".into(), port.to_string()]);
                }
                arguments.extend(["--".into(), host.clone()]);
                Ok(arguments)
            }
            Self::Vagrant(name) => {
                fs::create_dir_all(folder).map_err(doing("making a folder for ssh"))?;
                let config = folder.join("ssh-config");
                fs::write(&config, vagrant_ssh_config(name)?)
                    .map_err(doing("writing ssh's configuration"))?;
                Ok(vec![
                    "-F".into(),
                    config.display().to_string(),
                    "-o".into(),
                    "StrictHostKeyChecking=accept-new".into(),
                    "-o".into(),
                    format!("UserKnownHostsFile={}", known_hosts(folder).display()),
                    "--".into(),
                    name.clone(),
                ])
            }
        }
    }

    /// The command that makes the user's machine trust the box anew.
    pub(super) fn trust_anew(&self, folder: &Path) -> String {
        match self {
            Self::Vagrant(_) => format!("rm {}", known_hosts(folder).display()),
            Self::Ssh { host, port } => {
                let host = host.rsplit('@').next().unwrap_or(host);
                let at = port.map_or(String::new(), |port| format!("-p {port} "));
                format!(
                    "compare the key with one you trust, then: ssh-keyscan {at}{host} >> ~/.ssh/known_hosts"
                )
            }
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Vagrant(name) => f.write_str(name),
            Self::Ssh { host, port: None } => f.write_str(host),
            Self::Ssh {
                host,
                port: Some(port),
            } => write!(f, "-p {port} {host}"),
        }
    }
}

fn known_hosts(folder: &Path) -> PathBuf {
    folder.join("known_hosts")
}

fn vagrant_ssh_config(name: &str) -> Result<Vec<u8>, BoxError> {
    let said = Command::new("vagrant")
        .args(["ssh-config", "--", name])
        .stdin(Stdio::null())
        .output()
        .map_err(|error: io::Error| BoxError::NoVagrant(error))?;
    if said.status.success() {
        return Ok(said.stdout);
    }
    Err(BoxError::NotUp {
        name: name.to_owned(),
        words: String::from_utf8_lossy(&said.stderr).into_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_vagrant_box_and_an_at_makes_it_a_host() {
        let host = |host: &str, port| Target::Ssh {
            host: host.into(),
            port,
        };
        assert_eq!(Target::named("freebsd"), Target::Vagrant("freebsd".into()));
        assert_eq!(Target::named("me@there"), host("me@there", None));
        assert_eq!(
            Target::named("me@there:22022"),
            host("me@there", Some(22022))
        );
        assert_eq!(Target::named("@lab"), host("lab", None));
        assert_eq!(Target::named("me@fe80::zz"), host("me@fe80::zz", None));
    }
}
