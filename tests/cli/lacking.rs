//! Tests exit code 3: the machine lacks something, and the message has the remedy.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;
use tests::{Lab, Need, lesson};

use crate::Body;
use crate::answer::Answer;

pub(crate) const ALL: &[(&str, Body)] = &[
    ("no-qemu", no_qemu),
    ("no-qemu-and-no-root", no_qemu_and_no_root),
    ("no-sctp", no_sctp),
];

/// A machine on which nothing is installed but what a test puts there.
struct Bare(TempDir);

impl Bare {
    fn new() -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        fs::create_dir(folder.path().join("bin")).map_err(|error| error.to_string())?;
        Ok(Self(folder))
    }

    fn run(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .env("PATH", self.0.path().join("bin"))
            .env("SCTP_LAB_CACHE", self.0.path().join("cache"))
            .arg0("sctp-lab")
            .current_dir("/");
        command
    }
}

fn no_qemu(lab: Lab) -> Result<(), String> {
    let bare = Bare::new()?;
    let mut command = bare.run(Path::new(lab.0));
    command
        .args(["run", "--engine=vm"])
        .arg(lesson("one-way-loss").path);
    let answer = Answer::of(&mut command)?.exits(3)?;
    assert_eq!(
        answer.err,
        "error: qemu-system-x86_64 is not there: only on Debian and Ubuntu can sctp-lab install \
         it by itself\n  help: install QEMU, so that qemu-system-x86_64 is on PATH\n"
    );
    assert!(!bare.0.path().join("cache").exists(), "a cache was made");
    Ok(())
}

/// As on Debian, for a user who may not install anything.
fn no_qemu_and_no_root(lab: Lab) -> Result<(), String> {
    const NOBODY: u32 = 65534;
    let bare = Bare::new()?;
    let failed = |error: std::io::Error| error.to_string();
    // Programs of these names are there, and are never started.
    for program in ["apt-get", "apt-cache", "dpkg-deb"] {
        symlink("/bin/false", bare.0.path().join("bin").join(program)).map_err(failed)?;
    }
    // The program and the scenario lie where the user `nobody` can read them.
    let program = bare.0.path().join("sctp-lab");
    let scenario = bare.0.path().join("scenario.yaml");
    fs::copy(lab.0, &program).map_err(failed)?;
    fs::copy(lesson("one-way-loss").path, &scenario).map_err(failed)?;
    fs::set_permissions(bare.0.path(), Permissions::from_mode(0o755)).map_err(failed)?;
    fs::set_permissions(&scenario, Permissions::from_mode(0o644)).map_err(failed)?;
    // Every user may write here.
    let out = bare.0.path().join("out");
    fs::create_dir(&out).map_err(failed)?;
    fs::set_permissions(&out, Permissions::from_mode(0o777)).map_err(failed)?;
    let mut command = bare.run(&program);
    command.args(["run", "--engine=vm", "--out"]).arg(&out);
    command.arg(&scenario);
    let is_root = fs::metadata("/proc/self").is_ok_and(|it| it.uid() == 0);
    if is_root {
        command.uid(NOBODY).gid(NOBODY);
    }
    let answer = Answer::of(&mut command)?.exits(3)?;
    assert_eq!(
        answer.err,
        "error: qemu-system-x86_64 is not there: installing it takes root\n  help: sudo apt-get \
         update && sudo apt-get install --no-install-recommends qemu-system-x86\n"
    );
    Ok(())
}

/// Only a kernel without SCTP shows the message.
fn no_sctp(lab: Lab) -> Result<(), String> {
    let Some(lack) = Need::native().lack().map(str::to_owned) else {
        return has_sctp(lab);
    };
    let bare = Bare::new()?;
    let mut command = bare.run(Path::new(lab.0));
    command
        .args(["run", "--engine=native"])
        .arg(lesson("one-way-loss").path);
    let answer = Answer::of(&mut command)?.exits(3)?;
    assert!(answer.err.contains(&lack), "{}", answer.err);
    Ok(())
}

/// On a kernel with SCTP, the doctor must say that the native engine can run.
fn has_sctp(lab: Lab) -> Result<(), String> {
    let bare = Bare::new()?;
    let answer = Answer::of(bare.run(Path::new(lab.0)).arg("doctor"))?.exits(0)?;
    assert!(answer.out.contains("native can run here"), "{}", answer.out);
    Ok(())
}
