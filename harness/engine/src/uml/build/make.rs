//! Runs make to build a kernel.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use process::{Lines, Tail};

use super::super::error::{Doing, UmlError};
use super::config::{COUNTED, FRAGMENT, Instruments, description};
use crate::progress::Progress;

/// Time limit of each step but the build itself.
const SHORT: Duration = Duration::from_secs(600);

/// The kernel's version by the Makefile of its tree.
pub(super) fn version(tree: &Path) -> Result<String, UmlError> {
    let mut command = Command::new("make");
    command.args(["-s", "kernelversion"]).current_dir(tree);
    let version = succeed(&mut command, &format!("reading {}", tree.display()), SHORT)?;
    Ok(version.trim().to_owned())
}

/// Builds the kernel of a tree in a folder of `work`, and returns the kernel's file. The
/// folder keeps the compiled files for a later build.
pub(super) fn kernel(
    tree: &Path,
    work: &Path,
    instruments: Instruments,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<PathBuf, UmlError> {
    let output = work.join("output");
    let described = work.join("Kconfig");
    let doing = || format!("writing into {}", work.display());
    fs::create_dir_all(&output).doing(doing)?;
    fs::write(&described, description(tree).doing(doing)?).doing(doing)?;
    let make = |targets: &[&str]| {
        let mut command = Command::new("make");
        command
            .current_dir(tree)
            .env("LC_ALL", "C")
            .env_remove("MAKEFLAGS")
            .arg("ARCH=um")
            .arg(format!("O={}", output.display()))
            .arg(format!("KBUILD_KCONFIG={}", described.display()))
            // Otherwise the user, the host and the time of the build would be in the
            // kernel, and differ.
            .args([
                "KBUILD_BUILD_TIMESTAMP=1970-01-01",
                "KBUILD_BUILD_USER=sctp-lab",
            ])
            .arg("KBUILD_BUILD_HOST=sctp-lab")
            .args(instruments.coverage.then_some(COUNTED))
            .args(targets);
        command
    };
    progress(Progress::Doing("configuring the kernel"));
    let config = output.join(".config");
    let before = fs::read_to_string(&config).unwrap_or_default();
    succeed(
        &mut make(&["-s", "tinyconfig"]),
        "configuring the kernel",
        SHORT,
    )?;
    let tiny = fs::read_to_string(&config).doing(doing)?;
    fs::write(&config, tiny + FRAGMENT + &instruments.fragment()).doing(doing)?;
    succeed(
        &mut make(&["-s", "olddefconfig"]),
        "configuring the kernel",
        SHORT,
    )?;
    let now = fs::read_to_string(&config).doing(doing)?;
    let lacking = instruments.lacking(&now);
    if !lacking.is_empty() {
        return Err(UmlError::Build {
            doing: "configuring the kernel".into(),
            log: format!("this tree leaves out {}", lacking.join(", ")),
        });
    }
    if before == now {
        progress(Progress::Doing("going on with the kernel that was begun"));
    }
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    watch(make(&[&format!("-j{jobs}"), "linux"]), progress)?;
    Ok(output.join("linux"))
}

/// Runs make, and reports its progress.
fn watch(mut make: Command, progress: &mut dyn FnMut(Progress<'_>)) -> Result<(), UmlError> {
    let doing = || "starting make".to_owned();
    process::tie(&mut make);
    make.stdin(Stdio::null());
    make.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = make.spawn().doing(doing)?;
    let complaints = child.stderr.take().map(|stderr| {
        std::thread::spawn(move || {
            let mut tail = Tail::of(stderr);
            while !tail.ended() {
                tail.fill();
            }
            tail.text()
        })
    });
    let mut made = 0;
    for line in child.stdout.take().map(Lines::of).into_iter().flatten() {
        let mut words = line.split_whitespace();
        if let (Some("CC" | "AR" | "LD" | "AS"), Some(file)) = (words.next(), words.next()) {
            made += 1;
            progress(Progress::Doing(&format!(
                "building the kernel, some minutes: {made} files so far, {file}"
            )));
        }
    }
    let status = child.wait().doing(doing)?;
    let log = complaints.and_then(|it| it.join().ok()).unwrap_or_default();
    match status.success() {
        true => Ok(()),
        false => Err(UmlError::Build {
            doing: "building the kernel".into(),
            log,
        }),
    }
}

/// Runs a command that must succeed, and returns its standard output.
pub(super) fn succeed(
    command: &mut Command,
    doing: &str,
    limit: Duration,
) -> Result<String, UmlError> {
    let failed = |log: String| UmlError::Build {
        doing: doing.to_owned(),
        log,
    };
    let output = process::run(command, b"", limit).map_err(|error| failed(error.to_string()))?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => Err(failed(output.stderr)),
    }
}
