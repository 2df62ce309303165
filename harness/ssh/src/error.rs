//! Reasons why a command was not run on another machine.

use std::io;
use std::time::Duration;

use crate::words::said;

/// Reason why a command was not run on another machine.
#[derive(Debug, thiserror::Error)]
pub enum SshError {
    /// OpenSSH's client is not installed.
    #[error("ssh does not start: {0}")]
    NoSsh(#[source] io::Error),
    /// The machine's host key has changed, or is unknown.
    #[error("the host key of {target} is unknown or has changed{}", said(.words))]
    HostKey {
        /// The machine.
        target: String,
        /// Message of ssh.
        words: String,
        /// Advice with the command that accepts the key.
        remedy: String,
    },
    /// ssh could not connect.
    #[error("cannot reach {target}{}", said(.words))]
    Unreachable {
        /// The machine.
        target: String,
        /// Message of ssh.
        words: String,
        /// A command that shows more.
        remedy: String,
    },
    /// The machine does not answer.
    #[error("{target} had not answered after {} s, and ssh was ended", .limit.as_secs_f64())]
    Silent {
        /// The machine.
        target: String,
        /// Time without an answer.
        limit: Duration,
    },
    /// A system call on this machine failed.
    #[error("{doing}: {source}")]
    Io {
        /// The action that failed.
        doing: &'static str,
        /// The error of the system call.
        source: io::Error,
    },
}

impl SshError {
    /// What the user can do about the error, with an exact command; `None` if nothing is known.
    #[must_use]
    pub fn remedy(&self) -> Option<String> {
        match self {
            Self::NoSsh(_) => Some("sudo apt-get install openssh-client".into()),
            Self::HostKey { remedy, .. } | Self::Unreachable { remedy, .. } => Some(remedy.clone()),
            Self::Silent { target, .. } => Some(format!("try it by hand: ssh {target} true")),
            Self::Io { .. } => None,
        }
    }
}
