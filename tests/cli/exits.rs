//! Tests every exit code; `readme` has their table.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use tests::{FreshCache, Lab, lesson, repository};

use crate::Body;
use crate::answer::Answer;
use crate::example::Example;

pub(crate) const ANYWHERE: &[(&str, Body)] = &[("exit-codes-without-an-engine", each)];

pub(crate) const IN_VM: &[(&str, Body)] = &[("exit-codes-of-runs", of_runs)];

fn each(lab: Lab) -> Result<(), String> {
    let example = Example::new()?;
    let run = example.path("runs/handshake");
    let exits = |words: &[&str], code| {
        let mut command = lab.command();
        command.args(words).current_dir(repository());
        Answer::of(&mut command)?.exits(code)
    };
    exits(&["list"], 0)?;
    // In the recorded run nothing was seen, so its check fails.
    exits(&["check", &run.display().to_string()], 1)?;
    exits(&["check", "/no/such/run"], 2)?;
    exits(&["schema", "--no-such-option"], 2)?;
    let mut bare = lab.command();
    let nowhere = example.path("no-cache");
    bare.env("PATH", "/no/programs")
        .env("SCTP_LAB_CACHE", nowhere);
    bare.args(["explain", "--engine=vm"])
        .arg(lesson("handshake").path);
    Answer::of(&mut bare)?.exits(3)?;
    Ok(())
}

fn of_runs(lab: Lab) -> Result<(), String> {
    let out = tempfile::tempdir().map_err(|error| error.to_string())?;
    let run = |scenario: &str, more: &[&str]| {
        let mut command = lab.command();
        command
            .args(["run", "--engine=vm", "--quiet", "--out"])
            .arg(out.path());
        command.args(more).arg(lesson(scenario).path);
        command
    };
    Answer::of(&mut run("one-way-loss", &[]))?.exits(0)?;
    Answer::of(&mut run("one-way-loss", &["--sabotage=1"]))?.exits(0)?;
    Answer::of(&mut run("extended-receive-info", &[]))?.exits(0)?;
    let sabotaged = out.path().join("one-way-loss-sabotage-1");
    let whole = out.path().join("one-way-loss");
    Answer::of(lab.command().arg("diff").arg(&whole).arg(&sabotaged))?.exits(1)?;
    Answer::of(lab.command().arg("diff").arg(&whole).arg(&whole))?.exits(0)?;
    let folders = Answer::of(lab.command().arg("diff").args([out.path(), out.path()]))?.exits(0)?;
    assert!(folders.out.contains("one-way-loss: alike\n"), "{folders:?}");
    assert!(folders.out.ends_with("3 of 3 are alike\n"), "{folders:?}");
    let other = tempfile::tempdir().map_err(|error| error.to_string())?;
    let named = other.path().join("one-way-loss");
    std::os::unix::fs::symlink(&sabotaged, &named).map_err(|error| error.to_string())?;
    let folders =
        Answer::of(lab.command().arg("diff").args([out.path(), other.path()]))?.exits(1)?;
    assert!(folders.out.ends_with("0 of 1 are alike\n"), "{folders:?}");
    assert!(folders.err.contains("only in"), "{folders:?}");
    // No cache can be made in /dev/null.
    let mut bad_cache = run("handshake", &[]);
    bad_cache.env("SCTP_LAB_CACHE", "/dev/null/cache");
    Answer::of(&mut bad_cache)?.exits(3)?;
    // A QEMU that does not do its work is a failure, and nothing that the machine lacks.
    let cache = FreshCache::new()?;
    let qemu = cache.path().join("qemu-system-x86_64");
    fs::write(&qemu, "#!/bin/sh\necho confused >&2\nexit 1\n")
        .and_then(|()| fs::set_permissions(&qemu, Permissions::from_mode(0o755)))
        .map_err(|error| error.to_string())?;
    let path = std::env::var("PATH").unwrap_or_default();
    let mut confused = run("handshake", &[]);
    confused.env("PATH", format!("{}:{path}", cache.path().display()));
    confused.env("SCTP_LAB_CACHE", cache.path());
    Answer::of(&mut confused)?.exits(4)?;
    Ok(())
}
