//! Errors of the `vm` engine.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use nix::errno::Errno;

/// An error of the `vm` engine.
#[derive(Debug, thiserror::Error)]
pub enum VmError {
    /// QEMU is not there and could not be installed.
    #[error("qemu-system-x86_64 is not there: {reason}")]
    NoQemu {
        /// Why the lab could not install it.
        reason: String,
        /// The command that installs it, or advice in words.
        remedy: String,
    },
    /// No kernel with SCTP is there and none could be fetched.
    #[error("no kernel with SCTP is there: {reason}")]
    NoKernel {
        /// Why the lab could not fetch one.
        reason: String,
        /// The command that gets one, or advice in words.
        remedy: String,
    },
    /// A program of the package manager failed.
    #[error("`{command}` failed: {reason}")]
    PackageManager {
        /// The program with its arguments, as it could be typed.
        command: String,
        /// The last lines of its standard error.
        reason: String,
    },
    /// The file is no kernel that this engine can boot.
    #[error("{path}: {reason}")]
    NotAKernel {
        /// The kernel image.
        path: PathBuf,
        /// The fault of the image.
        reason: String,
    },
    /// The kernel's modules are in no folder that the lab knows of.
    #[error("no modules of kernel {release}; looked in {}", list(.searched))]
    NoModules {
        /// `uname -r` of the kernel.
        release: String,
        /// The folders that were tried.
        searched: Vec<PathBuf>,
    },
    /// The kernel lacks a module that every run needs.
    #[error("kernel {release} has `{module}` neither as a module nor built in")]
    ModuleMissing {
        /// `uname -r` of the kernel.
        release: String,
        /// Name of the module.
        module: String,
    },
    /// A module's file cannot be read as a module, or a module that it needs is missing.
    #[error("{path}: {reason}")]
    BadModule {
        /// The module's file.
        path: PathBuf,
        /// The fault of the file.
        reason: String,
    },
    /// The guest could not start this program.
    #[error("{path} cannot be the guest's program: {reason}")]
    BadProgram {
        /// The program's file.
        path: PathBuf,
        /// The fault of the file.
        reason: String,
    },
    /// The guest needs a program for Linux on x86-64. This program is not one, and no usable
    /// one was found.
    #[error("the guest runs Linux on x86-64 and needs sctp-lab for it: {reason}")]
    NoGuestProgram {
        /// The files that were looked for, or the fault of the file that was found.
        reason: String,
        /// Advice in words.
        remedy: String,
    },
    /// Program and input do not fit into the mailbox.
    #[error(
        "program ({program} bytes) and input ({input} bytes) do not fit into the guest's mailbox of {capacity} bytes"
    )]
    TooLong {
        /// Length of the program in bytes.
        program: u64,
        /// Length of the input in bytes.
        input: u64,
        /// Size of the mailbox in bytes.
        capacity: u64,
    },
    /// QEMU refused or failed a command.
    #[error("qemu: {reason}{}", tail("qemu said", .log))]
    Qemu {
        /// What happened.
        reason: String,
        /// The end of QEMU's output.
        log: String,
    },
    /// The guest crashed, or ended without a result.
    #[error("the guest died while {during}{}{}", tail("its console", .console), tail("qemu said", .log))]
    GuestDied {
        /// The guest's activity at that time.
        during: &'static str,
        /// The end of the guest's console.
        console: String,
        /// The end of QEMU's output.
        log: String,
        /// The output that the program had kept by then.
        partial_output: Vec<u8>,
    },
    /// The run exceeded its limit of wall time, did not stop when it was asked to, and was
    /// ended.
    #[error("the guest was still {during} after {} s of wall time and was ended before it returned its recording{}", .limit.as_secs_f64(), tail("its console", .console))]
    WallLimit {
        /// The guest's activity at that time.
        during: &'static str,
        /// The limit.
        limit: Duration,
        /// The end of the guest's console.
        console: String,
        /// The output that the program had kept by then.
        partial_output: Vec<u8>,
    },
    /// The run was ended by its [`Killer`](crate::Killer).
    #[error("the run was cancelled before it returned its recording")]
    Cancelled {
        /// The output that the program had kept by then.
        partial_output: Vec<u8>,
    },
    /// The output did not fit into the mailbox.
    #[error("the run's output outgrew the guest's mailbox")]
    OutputTooLong {
        /// The output that the program had kept before.
        partial_output: Vec<u8>,
    },
    /// The saved machine was removed or changed after it was prepared.
    #[error("the saved machine {path} is gone or damaged; run the command again to make it anew")]
    SavedMachineGone {
        /// The machine's folder.
        path: PathBuf,
    },
    /// An action took far longer than it needs.
    #[error("{what} took more than {} s, and was ended{}{}", .limit.as_secs_f64(), tail("the guest's console", .console), tail("qemu said", .log))]
    Stuck {
        /// The action.
        what: String,
        /// Its time limit.
        limit: Duration,
        /// The end of the guest's console.
        console: String,
        /// The end of QEMU's output.
        log: String,
    },
    /// The folder of the cache is not this user's own, or is no folder.
    #[error("{} cannot be the cache: {reason}", .path.display())]
    BadCache {
        /// The folder.
        path: PathBuf,
        /// The fault of the folder.
        reason: String,
    },
    /// No folder for the cache is known.
    #[error("no place for the cache: neither SCTP_LAB_CACHE nor XDG_CACHE_HOME nor HOME is set")]
    NoCache,
    /// A system call failed.
    #[error("{what}: {source}")]
    Io {
        /// The action that failed.
        what: String,
        /// The error of the system call.
        source: io::Error,
    },
}

impl VmError {
    /// The command that removes the cause of the error, or advice in words, if there is any.
    pub fn remedy(&self) -> Option<&str> {
        match self {
            Self::NoQemu { remedy, .. }
            | Self::NoKernel { remedy, .. }
            | Self::NoGuestProgram { remedy, .. } => Some(remedy),
            Self::BadProgram { .. } => Some(
                "take the program of a release, or build it in a clone of the repository, whose \
                 .cargo/config.toml links it statically",
            ),
            Self::PackageManager { .. } => {
                Some("run that command yourself and see; then run this one again")
            }
            Self::NoCache | Self::BadCache { .. } => Some("export SCTP_LAB_CACHE=/some/folder"),
            Self::Stuck { .. } => Some("if it only needs more time: --wall-limit SECONDS"),
            Self::Io { source, .. } if lacks_room(source) => {
                Some("make room there, or name another folder: export SCTP_LAB_CACHE=/some/folder")
            }
            Self::Io { source, .. } if is_refused(source) => {
                Some("make it writable, or name another folder: export SCTP_LAB_CACHE=/some/folder")
            }
            _ => None,
        }
    }

    /// Whether this machine lacks something, in contrast to a failure with everything
    /// present.
    pub fn is_unavailable(&self) -> bool {
        if let Self::Io { source, .. } = self {
            return lacks_room(source) || is_refused(source) || lacks_more(source);
        }
        matches!(
            self,
            Self::NoQemu { .. }
                | Self::NoKernel { .. }
                | Self::NoGuestProgram { .. }
                | Self::BadProgram { .. }
                | Self::PackageManager { .. }
                | Self::NotAKernel { .. }
                | Self::NoModules { .. }
                | Self::ModuleMissing { .. }
                | Self::BadModule { .. }
                | Self::Stuck { .. }
                | Self::BadCache { .. }
                | Self::NoCache
        )
    }

    /// The output that the guest's program had kept before it was ended early. Empty for
    /// errors of another kind.
    pub fn partial_output(&self) -> &[u8] {
        match self {
            Self::GuestDied { partial_output, .. }
            | Self::WallLimit { partial_output, .. }
            | Self::Cancelled { partial_output }
            | Self::OutputTooLong { partial_output } => partial_output,
            _ => &[],
        }
    }
}

/// Adds the failed action to an `io::Error`.
pub(crate) trait Doing<T> {
    fn doing(self, what: impl FnOnce() -> String) -> Result<T, VmError>;
}

impl<T, E: Into<io::Error>> Doing<T> for Result<T, E> {
    fn doing(self, what: impl FnOnce() -> String) -> Result<T, VmError> {
        self.map_err(|error| VmError::Io {
            what: what(),
            source: error.into(),
        })
    }
}

fn lacks_room(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge
    )
}

fn is_refused(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ReadOnlyFilesystem
            | io::ErrorKind::PermissionDenied
            | io::ErrorKind::NotADirectory
    )
}

/// Whether open files, memory or processes have run out.
fn lacks_more(error: &io::Error) -> bool {
    const LIMITS: [Errno; 4] = [Errno::EMFILE, Errno::ENFILE, Errno::ENOMEM, Errno::EAGAIN];
    let number = error.raw_os_error().map(Errno::from_raw);
    number.is_some_and(|number| LIMITS.contains(&number))
}

fn list(paths: &[PathBuf]) -> String {
    let names: Vec<_> = paths
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    names.join(", ")
}

pub(crate) fn tail(title: &str, text: &str) -> String {
    /// Number of lines that are shown: a kernel's panic has some forty.
    const LINES: usize = 60;
    /// Greatest length of a line: the rest of a longer one helps nobody.
    const COLUMNS: usize = 500;
    let text = terminal::escape_lines(text);
    let lines: Vec<_> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| terminal::cut(line, COLUMNS))
        .collect();
    let Some(last) = lines
        .get(lines.len().saturating_sub(LINES)..)
        .filter(|last| !last.is_empty())
    else {
        return String::new();
    };
    format!("\n{title}:\n  {}", last.join("\n  "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_console_is_shown_when_the_guest_dies() {
        let error = VmError::GuestDied {
            during: "running the program",
            console: "one\n\ntwo\n".into(),
            log: String::new(),
            partial_output: vec![1],
        };
        assert_eq!(
            error.to_string(),
            "the guest died while running the program\nits console:\n  one\n  two"
        );
        assert_eq!(error.partial_output(), [1]);
        assert!(!error.is_unavailable());
    }
}
