//! Exit codes of the command, decided in one place.

use std::error::Error;
use std::io;
use std::process::ExitCode;

use engine::{Blame, EngineError, RequestError};
use live::OutputError;
use recording::FolderError;
use trace::CaptureError;

/// The exit codes. Of several, the last in this order counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// All scenarios passed, or were skipped with a reason.
    Passed = 0,
    /// A scenario failed, two recordings differ, a capturer died, or `diagnose` found
    /// something.
    Failed = 1,
    /// The command line or a scenario is wrong.
    Wrong = 2,
    /// This machine cannot run it, or lost what was written: its disk is full, a
    /// pipe or a stream is closed.
    CannotRun = 3,
    /// A fault of the lab itself.
    Fault = 4,
    /// A tree of Linux's source that cannot be tested; only for `kernel try`.
    #[cfg_attr(
        not(target_os = "linux"),
        expect(dead_code, reason = "`kernel try` is of Linux alone")
    )]
    Untestable = 125,
}

/// The table of the exit codes for `--help`.
pub(crate) const TABLE: &str = "\
Exit codes:
  0  all passed, or were skipped with a reason
  1  a scenario failed, two recordings differ, a capturer died, or `diagnose` found something
  2  the command line or a scenario is wrong
  3  this machine cannot run the command, or output was lost; the message says how to mend that
  4  the lab itself is at fault
`kernel try` has the exit codes of `git bisect run`.";

impl Exit {
    /// The exit code for `git bisect run`, which takes all codes below 128 except 0 and
    /// 125 for bad.
    pub(crate) fn to_git(self) -> ExitCode {
        const STOP: u8 = 128;
        ExitCode::from(match self {
            Self::Passed | Self::Failed | Self::Untestable => self as u8,
            Self::Wrong | Self::CannotRun | Self::Fault => STOP,
        })
    }

    /// The exit code of a check.
    pub(crate) fn of_verdict(good: bool) -> Self {
        match good {
            true => Self::Passed,
            false => Self::Failed,
        }
    }

    /// The exit code of an error with a file or folder of the command line.
    pub(crate) fn of_file(error: &io::Error) -> Self {
        match is_of_the_machine(error) {
            true => Self::CannotRun,
            false => Self::Wrong,
        }
    }

    /// The exit code of an error with a recording.
    pub(crate) fn of_folder(error: &FolderError) -> Self {
        match error {
            FolderError::Io { error, .. } => Self::of_file(error),
            // These errors come from making a capture, not from reading one.
            FolderError::CaptureWrite(_) => Self::Fault,
            _ => Self::Wrong,
        }
    }

    /// The exit code of an error with an output of `capture`.
    pub(crate) fn of_output(error: &OutputError) -> Self {
        match error {
            OutputError::Io { source, .. } | OutputError::StandardOutput(source) => {
                Self::of_file(source)
            }
            _ => Self::Wrong,
        }
    }

    /// The exit code of an error with a capture that the lab did not make.
    pub(crate) fn of_capture(error: &CaptureError) -> Self {
        match error {
            CaptureError::Io { error, .. } => Self::of_file(error),
            _ => Self::Wrong,
        }
    }

    /// The exit code of a scenario that could not be run.
    pub(crate) fn of_request(error: &RequestError) -> Self {
        match error {
            RequestError::Engine(error) => Self::of_engine(error.as_ref()),
            RequestError::Scenario(_) | RequestError::NoSuchSabotage { .. } => Self::Wrong,
            RequestError::Recording(error) => Self::of_folder(error).max(Self::CannotRun),
            error => Self::of_the_lab(error),
        }
    }

    /// The exit code of an engine's error.
    pub(crate) fn of_engine(error: &dyn EngineError) -> Self {
        match error.blame() {
            Blame::Run => Self::Failed,
            Blame::Machine => Self::CannotRun,
            Blame::Lab => Self::of_the_lab(error),
        }
    }

    /// The exit code of an error in the lab's own work. If the operating system refused the
    /// work, the machine is at fault, and not the lab.
    fn of_the_lab(error: &(dyn Error + 'static)) -> Self {
        let mut next = Some(error);
        while let Some(error) = next {
            if error.is::<io::Error>() {
                return Self::CannotRun;
            }
            next = error.source();
        }
        Self::Fault
    }
}

/// Whether the error is about the machine's resources, and not about the requested file.
fn is_of_the_machine(error: &io::Error) -> bool {
    use io::ErrorKind as Kind;
    use rustix::io::Errno;
    let lacking = [
        Errno::MFILE,
        Errno::NFILE,
        Errno::IO,
        Errno::NOMEM,
        Errno::NOBUFS,
    ];
    let number = error.raw_os_error();
    lacking.iter().any(|it| number == Some(it.raw_os_error()))
        || matches!(
            error.kind(),
            Kind::StorageFull
                | Kind::QuotaExceeded
                | Kind::ReadOnlyFilesystem
                | Kind::FileTooLarge
                | Kind::OutOfMemory
                | Kind::WriteZero
                | Kind::BrokenPipe
        )
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}

#[cfg(test)]
mod tests {
    use engine::vm::VmError;

    use super::*;

    #[test]
    fn what_the_machine_lacks_is_told_from_what_was_asked_wrongly() {
        let of = |number| Exit::of_file(&io::Error::from_raw_os_error(number));
        // ENOSPC, EROFS, EMFILE, EDQUOT, EFBIG.
        for lacking in [28, 30, 24, 122, 27] {
            assert_eq!(of(lacking), Exit::CannotRun, "{lacking}");
        }
        // EACCES, ENOTDIR, ENOENT, EISDIR.
        for wrong in [13, 20, 2, 21] {
            assert_eq!(of(wrong), Exit::Wrong, "{wrong}");
        }
    }

    #[test]
    fn what_the_operating_system_refuses_the_lab_is_no_fault_of_it() {
        let refused = VmError::Io {
            what: "making a folder".to_owned(),
            source: io::ErrorKind::PermissionDenied.into(),
        };
        assert_eq!(Exit::of_request(&refused.into()), Exit::CannotRun);
        let qemu = VmError::Qemu {
            reason: "it is confused".to_owned(),
            log: String::new(),
        };
        assert_eq!(Exit::of_engine(&qemu), Exit::Fault);
    }
}
