//! What can go wrong between the lab and a box.

use std::io;
use std::path::PathBuf;

/// An error of the `box` engine.
#[derive(Debug, thiserror::Error)]
pub enum BoxError {
    /// Vagrant is not installed.
    #[error("vagrant does not start: {0}")]
    NoVagrant(#[source] io::Error),
    /// Vagrant knows no such box, or it does not run.
    #[error("box {name} is not up{}", said(.words))]
    NotUp {
        /// The box.
        name: String,
        /// What vagrant said.
        words: String,
    },
    /// OpenSSH's client is not installed.
    #[error("ssh does not start: {0}")]
    NoSsh(#[source] io::Error),
    /// The far end has another key than it had, or one that nobody vouches for.
    #[error("{target} cannot prove that it is itself{}", said(.words))]
    HostKey {
        /// The box.
        target: String,
        /// What ssh said.
        words: String,
        /// The command that mends it.
        remedy: String,
    },
    /// ssh came to nothing.
    #[error("cannot reach {target}{}", said(.words))]
    Unreachable {
        /// The box.
        target: String,
        /// What ssh said.
        words: String,
    },
    /// The lab has no program for such a machine.
    #[error("{target} is {system}, and the lab runs on Linux x86_64 and FreeBSD amd64")]
    WrongSystem {
        /// The box.
        target: String,
        /// `uname -sm` of it.
        system: String,
    },
    /// The lab's program for that machine was not built.
    #[error("there is no sctp-lab for {system}: looked for {}", .searched.display())]
    NoProgram {
        /// What it would run on.
        system: &'static str,
        /// Where it would be.
        searched: PathBuf,
        /// The command that makes one.
        remedy: String,
    },
    /// The program could not be copied.
    #[error("cannot copy the lab's program to {target}{}", said(.words))]
    Copy {
        /// The box.
        target: String,
        /// What the far end said.
        words: String,
    },
    /// The far end's `native` engine cannot run there.
    #[error("{target} cannot run it: {words}")]
    Lacks {
        /// The box.
        target: String,
        /// What is lacking there, and what mends it.
        words: String,
    },
    /// The run ended without an answer.
    #[error("the run at {target} ended without a recording{}", said(.words))]
    NoAnswer {
        /// The box.
        target: String,
        /// The last that came from there.
        words: String,
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

impl BoxError {
    /// The exact command that mends it, where there is one.
    pub fn remedy(&self) -> Option<String> {
        match self {
            Self::NoVagrant(_) => Some(
                "install it from https://developer.hashicorp.com/vagrant, or name a host: --box user@host"
                    .into(),
            ),
            Self::NotUp { name, .. } => Some(format!("vagrant up {name}")),
            Self::NoSsh(_) => Some("sudo apt-get install openssh-client".into()),
            Self::HostKey { remedy, .. } | Self::NoProgram { remedy, .. } => Some(remedy.clone()),
            Self::Unreachable { target, .. } => Some(format!("try it by hand: ssh {target} true")),
            Self::WrongSystem { .. }
            | Self::Copy { .. }
            | Self::Lacks { .. }
            | Self::NoAnswer { .. }
            | Self::Io { .. } => None,
        }
    }

    /// Whether something is lacking, here or there, as opposed to something
    /// having gone wrong where nothing is.
    pub fn is_unavailable(&self) -> bool {
        !matches!(self, Self::NoAnswer { .. } | Self::Io { .. })
    }
}

/// For `map_err`: what was being done here.
pub(super) fn doing(doing: &'static str) -> impl FnOnce(io::Error) -> BoxError {
    move |source| BoxError::Io { doing, source }
}

/// The last lines of what another program said, behind a colon.
fn said(words: &str) -> String {
    const LINES: usize = 8;
    let lines: Vec<_> = words
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty())
        .collect();
    let last = &lines[lines.len().saturating_sub(LINES)..];
    if last.is_empty() {
        String::new()
    } else {
        format!(":\n  {}", last.join("\n  "))
    }
}
