//! The programs that are needed to build a kernel.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::super::error::UmlError;
use crate::progress::Progress;
use crate::vm::apt::Apt;
use crate::vm::path;

/// The programs, each with its package in Debian.
const PROGRAMS: [(&str, &str); 8] = [
    ("gcc", "gcc"),
    ("ld", "binutils"),
    ("make", "make"),
    ("flex", "flex"),
    ("bison", "bison"),
    ("bc", "bc"),
    ("tar", "tar"),
    ("xz", "xz-utils"),
];

/// The C library for static linking, with its package.
const LIBRARY: (&str, &str) = ("libc.a", "libc6-dev");

/// Checks that everything that a build needs is there. As root on Debian, installs the
/// missing parts.
pub(super) fn check(progress: &mut dyn FnMut(Progress<'_>)) -> Result<(), UmlError> {
    let missing = missing();
    if missing.is_empty() {
        return Ok(());
    }
    if let Some(apt) = Apt::find().filter(|apt| apt.is_root()) {
        for (_, package) in &missing {
            progress(Progress::Doing(&format!(
                "installing {package} from the system's packages: building a kernel needs it"
            )));
            if apt.install(package).is_err() {
                apt.update()?;
                apt.install(package)?;
            }
        }
    }
    let missing = self::missing();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().map(|(_, package)| *package).collect();
    Err(UmlError::NoTools {
        missing: missing.iter().map(|(it, _)| (*it).to_owned()).collect(),
        remedy: if path::find("apt-get").is_some() {
            format!(
                "sudo apt-get update && sudo apt-get install --no-install-recommends {}",
                packages.join(" ")
            )
        } else {
            format!(
                "install the packages that have them; Debian calls them {}",
                packages.join(" ")
            )
        },
    })
}

fn missing() -> Vec<(&'static str, &'static str)> {
    let is_there = |program: &str| path::find(program).is_some();
    let mut missing: Vec<_> = PROGRAMS
        .into_iter()
        .filter(|(program, _)| !is_there(program))
        .collect();
    if is_there("gcc") && !has_static_library() {
        missing.push(LIBRARY);
    }
    missing
}

/// Whether gcc finds the static library. For a file that it does not find, gcc prints the
/// bare name.
fn has_static_library() -> bool {
    let mut gcc = Command::new("gcc");
    gcc.arg(format!("-print-file-name={}", LIBRARY.0));
    let found = process::run(&mut gcc, b"", Duration::from_secs(30));
    found.is_ok_and(|it| {
        let name = String::from_utf8_lossy(&it.stdout).into_owned();
        Path::new(name.trim()).is_absolute()
    })
}
