use std::io;
use std::time::Duration;

use crate::words::said;

/// Why nothing was done at the far end.
#[derive(Debug, thiserror::Error)]
pub enum SshError {
    /// OpenSSH's client is not installed.
    #[error("ssh does not start: {0}")]
    NoSsh(#[source] io::Error),
    /// The far end has another key than it had, or one that nobody vouches for.
    #[error("{target} cannot prove that it is itself{}", said(.words))]
    HostKey {
        /// The machine.
        target: String,
        /// What ssh said.
        words: String,
        /// The command that mends it.
        remedy: String,
    },
    /// ssh came to nothing.
    #[error("cannot reach {target}{}", said(.words))]
    Unreachable {
        /// The machine.
        target: String,
        /// What ssh said.
        words: String,
        /// A command that shows more.
        remedy: String,
    },
    /// The far end does not answer.
    #[error("{target} had not answered after {} s, and ssh was ended", .limit.as_secs_f64())]
    Silent {
        /// The machine.
        target: String,
        /// For so long.
        limit: Duration,
    },
    /// This machine refused something.
    #[error("{doing}: {source}")]
    Io {
        /// What was being done.
        doing: &'static str,
        /// Why it did not work.
        source: io::Error,
    },
}

impl SshError {
    /// The exact command that mends it, where there is one.
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
