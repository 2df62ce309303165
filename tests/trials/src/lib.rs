//! Test programs that list their own tests, and say how they went in JUnit too.
//!
//! `SCTP_LAB_JUNIT=DIR cargo test` writes `DIR/PROGRAM.xml` for each such
//! program; a `DIR` that is no absolute path is one of the repository.
//! [`tshark`] judges captures.

mod file;
pub mod tshark;
mod watch;

use std::path::{Path, PathBuf};

use libtest_mimic::{Arguments, Conclusion, Trial};

pub use watch::{is_asked_for, test, test_or_skip};

/// Whether `SCTP_LAB_REQUIRE`, a list with commas, names it: then a machine
/// that has it not fails the tests that need it.
#[must_use]
pub fn is_required(name: &str) -> bool {
    let required = std::env::var("SCTP_LAB_REQUIRE").unwrap_or_default();
    required.split([',', ' ']).any(|it| it == name)
}

/// Where a program is. Those for administrators, such as sshd, are not on
/// everybody's `PATH`.
///
/// # Errors
///
/// If it is not there.
pub fn which(program: &str) -> Result<PathBuf, String> {
    let path = std::env::var("PATH").unwrap_or_default();
    path.split(':')
        .chain(["/usr/sbin", "/sbin"])
        .map(|folder| Path::new(folder).join(program))
        .find(|file| file.is_file())
        .ok_or_else(|| format!("{program} is not there"))
}

/// Runs the trials, which [`test()`] and [`test_or_skip()`] made, and writes what
/// came of them where the environment asks for it.
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
