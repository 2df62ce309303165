//! Test programs that list their own tests, and write the results as JUnit, too.
//!
//! `SCTP_LAB_JUNIT=DIR cargo test` writes `DIR/PROGRAM.xml` for each such program. A
//! relative `DIR` counts from the repository's folder. [`tshark`] judges captures.

mod file;
pub mod tshark;
mod watch;

use std::path::{Path, PathBuf};

use libtest_mimic::{Arguments, Conclusion, Trial};

pub use watch::{is_asked_for, test, test_or_skip};

/// Whether `SCTP_LAB_REQUIRE`, a list with commas, names this need. On a machine without
/// it, the tests that need it then fail.
#[must_use]
pub fn is_required(name: &str) -> bool {
    let required = std::env::var("SCTP_LAB_REQUIRE").unwrap_or_default();
    required.split([',', ' ']).any(|it| it == name)
}

/// The path of a program. Programs for administrators, such as sshd, are not on every
/// user's `PATH`.
///
/// # Errors
///
/// If there is no such program.
pub fn which(program: &str) -> Result<PathBuf, String> {
    let path = std::env::var("PATH").unwrap_or_default();
    path.split(':')
        .chain(["/usr/sbin", "/sbin"])
        .map(|folder| Path::new(folder).join(program))
        .find(|file| file.is_file())
        .ok_or_else(|| format!("{program} is not there"))
}

/// Runs the trials that [`test()`] and [`test_or_skip()`] made, and writes their results
/// where the environment asks for that.
///
/// # Panics
///
/// If the file cannot be written.
pub fn run(program: &str, arguments: &Arguments, trials: Vec<Trial>) -> Conclusion {
    let skipped = watch::never_run(arguments, &trials);
    let conclusion = libtest_mimic::run(arguments, trials);
    if let Some(folder) = file::folder()
        && !arguments.list
    {
        let cases = watch::seen().into_iter().chain(skipped).collect();
        if let Err(error) = file::write(&folder, program, cases) {
            panic!("{}: {error}", folder.display());
        }
    }
    conclusion
}
