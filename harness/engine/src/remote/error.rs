//! Errors of the `box` engine.

use std::io;
use std::path::PathBuf;

use ssh::{SshError, said};

/// An error of the `box` engine.
#[derive(Debug, thiserror::Error)]
pub enum BoxError {
    /// Vagrant is not installed.
    #[error("vagrant cannot be asked about its boxes: {0}")]
    NoVagrant(#[source] process::RunError),
    /// Vagrant does not know the box, or the box is not running.
    #[error("box {name} is not running{}", said(.words))]
    NotUp {
        /// The box.
        name: String,
        /// Message of vagrant.
        words: String,
    },
    /// ssh failed.
    #[error(transparent)]
    Ssh(#[from] SshError),
    /// The lab has no program for this kind of machine.
    #[error(
        "{target} is {system}, and the lab runs on Linux x86_64 and aarch64, and FreeBSD amd64"
    )]
    WrongSystem {
        /// The box.
        target: String,
        /// Output of `uname -sm` on the box.
        system: String,
    },
    /// The lab's program for this kind of machine was not built.
    #[error("there is no sctp-lab for {system}: looked for {}", .searched.display())]
    NoProgram {
        /// The system of the box.
        system: &'static str,
        /// The file that was looked for.
        searched: PathBuf,
        /// The command that builds it, or advice in words.
        remedy: String,
    },
    /// The program could not be copied.
    #[error("cannot copy the lab's program to {target}{}", said(.words))]
    Copy {
        /// The box.
        target: String,
        /// Message of the box.
        words: String,
    },
    /// The `native` engine cannot run on the box.
    #[error("{target} cannot run it: {words}")]
    Lacks {
        /// The box.
        target: String,
        /// What the box lacks, with the remedy.
        words: String,
    },
    /// The run ended without an answer.
    #[error("the run at {target} ended without a recording{}", said(.words))]
    NoAnswer {
        /// The box.
        target: String,
        /// The last output of the box.
        words: String,
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

impl BoxError {
    /// The command that removes the cause of the error, or advice in words, if there is any.
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

    /// Whether something is missing, here or on the box, in contrast to a failure with
    /// everything present.
    pub fn is_unavailable(&self) -> bool {
        !matches!(
            self,
            Self::NoAnswer { .. } | Self::Io { .. } | Self::Ssh(SshError::Io { .. })
        )
    }
}

/// For `map_err`: the action that failed on this machine.
pub(super) fn doing(doing: &'static str) -> impl FnOnce(io::Error) -> BoxError {
    move |source| BoxError::Io { doing, source }
}
