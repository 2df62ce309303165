//! What can go wrong between the lab and its emulated machine.

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
        /// Why the lab could not mend it.
        reason: String,
        /// The command that does.
        remedy: String,
    },
    /// No kernel with SCTP is there and none could be fetched.
    #[error("no kernel with SCTP is there: {reason}")]
    NoKernel {
        /// Why the lab could not mend it.
        reason: String,
        /// The command that does.
        remedy: String,
    },
    /// A program of the package manager failed.
    #[error("`{command}` failed: {reason}")]
    PackageManager {
        /// As it could be typed.
        command: String,
        /// The last lines of what it said.
        reason: String,
    },
    /// Not a kernel this engine can boot.
    #[error("{path}: {reason}")]
    NotAKernel {
        /// The kernel image.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The kernel's modules are nowhere the lab knows of.
    #[error("no modules of kernel {release}; looked in {}", list(.searched))]
    NoModules {
        /// `uname -r` of the kernel.
        release: String,
        /// The folders that were tried.
        searched: Vec<PathBuf>,
    },
    /// The kernel lacks something that every run needs.
    #[error("kernel {release} has no module `{module}`, and has it not built in")]
    ModuleMissing {
        /// `uname -r` of the kernel.
        release: String,
        /// Name of the module.
        module: String,
    },
    /// A module's file cannot be read as one.
    #[error("{path}: {reason}")]
    BadModule {
        /// The module's file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The program for the guest is not one the guest could start.
    #[error("{path} cannot be the guest's program: {reason}")]
    BadProgram {
        /// The program's file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Program and input are more than the mailbox takes.
    #[error(
        "program ({program} bytes) and input ({input} bytes) do not fit into the guest's mailbox of {capacity} bytes"
    )]
    TooLong {
        /// Length of the program.
        program: u64,
        /// Length of the input.
        input: u64,
        /// Size of the mailbox.
        capacity: u64,
    },
    /// QEMU does not do what it was asked to.
    #[error("qemu: {reason}{}", tail("qemu said", .log))]
    Qemu {
        /// What happened.
        reason: String,
        /// The end of QEMU's own words.
        log: String,
    },
    /// The guest ended without a last word.
    #[error("the guest died while {during}{}{}", tail("its console", .console), tail("qemu said", .log))]
    GuestDied {
        /// What it was at.
        during: &'static str,
        /// The end of the guest's console.
        console: String,
        /// The end of QEMU's own words.
        log: String,
        /// What the program had kept by then.
        partial_output: Vec<u8>,
    },
    /// The run took longer than its limit in wall time, did not stop when it
    /// was asked to, and was ended.
    #[error("the guest was still {during} after {} s of wall time and was ended before it handed over what it had{}", .limit.as_secs_f64(), tail("its console", .console))]
    WallLimit {
        /// What it was at.
        during: &'static str,
        /// The limit.
        limit: Duration,
        /// The end of the guest's console.
        console: String,
        /// What the program had kept by then.
        partial_output: Vec<u8>,
    },
    /// Somebody ended the run.
    #[error("the run was cancelled before it handed over what it had")]
    Cancelled {
        /// What the program had kept by then.
        partial_output: Vec<u8>,
    },
    /// The output did not fit into the mailbox.
    #[error("the run's output outgrew the guest's mailbox")]
    OutputTooLong {
        /// What had been kept before.
        partial_output: Vec<u8>,
    },
    /// The saved machine went away between preparing and running.
    #[error("the saved machine {path} is gone or damaged; run the command again to make it anew")]
    SavedMachineGone {
        /// Its folder.
        path: PathBuf,
    },
    /// Something that takes a known time took far more.
    #[error("{what} took more than {} s, and was ended{}{}", .limit.as_secs_f64(), tail("the guest's console", .console), tail("qemu said", .log))]
    Stuck {
        /// What it was.
        what: String,
        /// What it might take.
        limit: Duration,
        /// The end of the guest's console.
        console: String,
        /// The end of QEMU's own words.
        log: String,
    },
    /// The cache is not this user's alone.
    #[error("{} cannot be the cache: {reason}", .path.display())]
    BadCache {
        /// Its folder.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// There is no folder to keep anything in.
    #[error("no place for the cache: neither SCTP_LAB_CACHE nor XDG_CACHE_HOME nor HOME is set")]
    NoCache,
    /// The operating system refused something.
    #[error("{what}: {source}")]
    Io {
        /// What was being done.
        what: String,
        /// Why it did not work.
        source: io::Error,
    },
}

impl VmError {
    /// The exact command that mends it, where there is one.
    pub fn remedy(&self) -> Option<&str> {
        match self {
            Self::NoQemu { remedy, .. } | Self::NoKernel { remedy, .. } => Some(remedy),
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

    /// Whether this machine lacks something, as opposed to something having
    /// gone wrong on a machine that lacks nothing.
    pub fn is_unavailable(&self) -> bool {
        if let Self::Io { source, .. } = self {
            return lacks_room(source) || is_refused(source) || lacks_more(source);
        }
        matches!(
            self,
            Self::NoQemu { .. }
                | Self::NoKernel { .. }
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

    /// What the guest's program had kept before it was ended early; empty for
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

/// Says of an `io::Error` what was being done.
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

/// Open files, memory, processes.
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
    /// A kernel's panic, from its first line to the last, takes some forty.
    const LINES: usize = 60;
    /// What a line has more helps nobody.
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
