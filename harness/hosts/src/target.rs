use ssh::{Host, Ssh, quoted};

/// A host to capture on, as the file has it, found to be in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub(crate) name: String,
    pub(crate) host: Host,
    pub(crate) sudo: bool,
    pub(crate) interface: String,
    pub(crate) filter: String,
}

impl Target {
    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How ssh comes there.
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

    /// A shell command that runs `script` there with the rights that it is to
    /// have. Its first argument is sshd's word on the connection.
    pub(crate) fn command(&self, script: &str) -> String {
        // sudo keeps that word back.
        let run = format!("sh -c {} sctp-lab \"$SSH_CONNECTION\"", quoted(script));
        match self.sudo {
            true => format!("exec sudo -n {run}"),
            false => format!("exec {run}"),
        }
    }
}
