use std::process::ExitCode;

/// How the command ends: the one table of exit codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// All passed, or were skipped with a reason.
    Passed = 0,
    /// A scenario failed, two recordings differ, or a capturer died.
    Failed = 1,
    /// The command line or a scenario is wrong.
    Wrong = 2,
    /// This machine cannot run it.
    CannotRun = 3,
    /// The lab itself is at fault.
    Fault = 4,
}

/// The same table for `--help`.
pub(crate) const TABLE: &str = "\
Exit codes:
  0  all passed, or were skipped with a reason
  1  a scenario failed, two recordings differ, or a capturer died
  2  the command line or a scenario is wrong
  3  this machine cannot run it; the message says what mends that
  4  the lab itself is at fault";

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}
