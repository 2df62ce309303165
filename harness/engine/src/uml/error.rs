//! Errors of the `uml` engine.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use crate::error::{Blame, EngineError};
use crate::vm::VmError;
use crate::vm::error::tail;

/// An error of the `uml` engine.
#[derive(Debug, thiserror::Error)]
pub enum UmlError {
    /// User Mode Linux exists for x86 alone (arch/um/Makefile, arch/x86/um).
    #[error(
        "User Mode Linux, the uml engine's kernel, exists for x86-64 alone, and this program is for {arch}"
    )]
    WrongArchitecture {
        /// The architecture of this program.
        arch: &'static str,
    },
    /// No kernel was built or named.
    #[error("no kernel for the uml engine is there")]
    NoKernel,
    /// The file is no kernel that this engine can run.
    #[error("{} is no kernel for the uml engine: {reason}", .path.display())]
    NotAKernel {
        /// The file.
        path: PathBuf,
        /// The fault of the file.
        reason: String,
    },
    /// Programs that are needed to build a kernel are missing.
    #[error("programs needed to build a kernel are missing: {}", .missing.join(", "))]
    NoTools {
        /// Names of the missing programs and libraries.
        missing: Vec<String>,
        /// The command that installs them, or advice in words.
        remedy: String,
    },
    /// A kernel could not be built.
    #[error("{doing} failed{}", tail("the end of its output", .log))]
    Build {
        /// The step that failed.
        doing: String,
        /// The end of the step's output.
        log: String,
    },
    /// No source of a kernel is there, and none could be fetched.
    #[error("no source of a kernel: {reason}")]
    NoSource {
        /// Why none could be fetched.
        reason: String,
        /// Advice in words.
        remedy: String,
    },
    /// Something was built in the tree of Linux's source.
    #[error("{} is not clean: something was built in it", .tree.display())]
    Unclean {
        /// The tree's folder.
        tree: PathBuf,
    },
    /// The kernel ended before the lab's program in it answered anything.
    #[error("the kernel does not boot{}", tail("its last output", .console))]
    NoBoot {
        /// The end of the kernel's console.
        console: String,
    },
    /// The kernel ended without a complete answer.
    #[error("the kernel died while running the scenario{}", tail("its last output", .console))]
    Died {
        /// The end of the kernel's console.
        console: String,
    },
    /// The run exceeded its limit of wall time, did not stop when it was asked to, and was
    /// ended.
    #[error("the kernel was still running the scenario after {} s of wall time and was ended before it returned its recording{}", .limit.as_secs_f64(), tail("its console", .console))]
    WallLimit {
        /// The limit.
        limit: Duration,
        /// The end of the kernel's console.
        console: String,
    },
    /// The run was interrupted and did not stop when it was asked to.
    #[error("the run was cancelled before it returned its recording")]
    Cancelled,
    /// The cache could not be used.
    #[error(transparent)]
    Cache(#[from] VmError),
    /// A system call failed.
    #[error("{what}: {source}")]
    Io {
        /// The action that failed.
        what: String,
        /// The error of the system call.
        source: io::Error,
    },
}

impl EngineError for UmlError {
    fn blame(&self) -> Blame {
        match self {
            Self::WrongArchitecture { .. }
            | Self::NoKernel
            | Self::NotAKernel { .. }
            | Self::NoTools { .. }
            | Self::NoSource { .. }
            | Self::Unclean { .. }
            | Self::NoBoot { .. }
            | Self::Build { .. } => Blame::Machine,
            Self::WallLimit { .. } | Self::Cancelled | Self::Died { .. } => Blame::Run,
            Self::Cache(error) => error.blame(),
            Self::Io { .. } => Blame::Lab,
        }
    }

    fn remedy(&self) -> Option<String> {
        match self {
            Self::WrongArchitecture { .. } => Some(
                "--engine vm, which emulates an x86-64 machine; or --box NAME with a machine \
                 whose own kernel has SCTP"
                    .into(),
            ),
            Self::NoKernel => {
                Some("sctp-lab kernel build; or name one that is built: --kernel PATH".into())
            }
            Self::NoTools { remedy, .. } | Self::NoSource { remedy, .. } => Some(remedy.clone()),
            Self::Unclean { tree } => Some(format!(
                "make -C {} ARCH=um mrproper, which removes what was built and .config",
                tree.display()
            )),
            Self::Cache(error) => EngineError::remedy(error),
            _ => None,
        }
    }

    fn broke_the_kernel(&self) -> bool {
        matches!(self, Self::Died { .. })
    }
}

/// Checks that kernels of User Mode Linux run on this machine.
pub(super) fn check_architecture() -> Result<(), UmlError> {
    match cfg!(target_arch = "x86_64") {
        true => Ok(()),
        false => Err(UmlError::WrongArchitecture {
            arch: std::env::consts::ARCH,
        }),
    }
}

/// Adds the failed action to an `io::Error`.
pub(super) trait Doing<T> {
    fn doing(self, what: impl FnOnce() -> String) -> Result<T, UmlError>;
}

impl<T, E: Into<io::Error>> Doing<T> for Result<T, E> {
    fn doing(self, what: impl FnOnce() -> String) -> Result<T, UmlError> {
        self.map_err(|error| UmlError::Io {
            what: what(),
            source: error.into(),
        })
    }
}
