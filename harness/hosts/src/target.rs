//! A target, checked and ready to be captured on.

use ssh::{Host, Ssh, quoted};

/// A host to capture on, read from a file and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub(crate) name: String,
    pub(crate) host: Host,
    pub(crate) sudo: bool,
    pub(crate) interface: String,
    pub(crate) filter: String,
}

impl Target {
    /// The target's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The host, as ssh reaches it.
    #[must_use]
    pub fn host(&self) -> &Host {
        &self.host
    }

    /// The interface to capture on; `any` for all.
    #[must_use]
    pub fn interface(&self) -> &str {
        &self.interface
    }

    /// What to capture, in the language of pcap-filter(7).
    #[must_use]
    pub fn filter(&self) -> &str {
        &self.filter
    }

    pub(crate) fn ssh(&self) -> Ssh {
        Ssh::to(&self.host)
    }

    /// A shell command that runs `script` at the target, as root where the target wants
    /// that. The first argument of the script is sshd's `$SSH_CONNECTION`.
    pub(crate) fn command(&self, script: &str) -> String {
        // An argument, because sudo does not pass the variable on.
        let run = format!("sh -c {} sctp-lab \"$SSH_CONNECTION\"", quoted(script));
        match self.sudo {
            true => format!("exec sudo -n {run}"),
            false => format!("exec {run}"),
        }
    }
}
