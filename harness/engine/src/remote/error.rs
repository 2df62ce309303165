//! What can go wrong between the lab and a box.

use std::io;
use std::path::PathBuf;

use ssh::{SshError, said};

/// An error of the `box` engine.
#[derive(Debug, thiserror::Error)]
pub enum BoxError {
    /// Vagrant is not installed.
    #[error("vagrant does not tell of its boxes: {0}")]
    NoVagrant(#[source] process::RunError),
    /// Vagrant knows no such box, or it does not run.
    #[error("box {name} is not up{}", said(.words))]
    NotUp {
        /// The box.
        name: String,
        /// What vagrant said.
        words: String,
    },
    /// ssh came to nothing.
    #[error(transparent)]
    Ssh(#[from] SshError),
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
            Self::NoVagrant(process::RunError::TooLong(_)) => {
                Some("try it by hand: vagrant ssh-config".into())
            }
            Self::NoVagrant(_) => Some(
                "install it from https://developer.hashicorp.com/vagrant, or name a host: --box user@host"
                    .into(),
            ),
            Self::NotUp { name, .. } => Some(format!("vagrant up {name}")),
            Self::Ssh(error) => error.remedy(),
            Self::NoProgram { remedy, .. } => Some(remedy.clone()),
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
        !matches!(
            self,
            Self::NoAnswer { .. } | Self::Io { .. } | Self::Ssh(SshError::Io { .. })
        )
    }
}

/// For `map_err`: what was being done here.
pub(super) fn doing(doing: &'static str) -> impl FnOnce(io::Error) -> BoxError {
    move |source| BoxError::Io { doing, source }
}
