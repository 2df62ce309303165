//! Stacks that are programs: usrsctp passes cases of conformance, and a program that is no
//! stack is reported.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use tests::{Lab, Need, repository};

use crate::Body;

/// The tests that need nothing but a shell.
pub(crate) const ALL: &[(&str, Body)] = &[
    ("a-stack-that-ends-is-told-of", ends),
    ("a-stack-that-talks-nonsense-is-told-of", nonsense),
    ("what-a-stack-does-not-have-is-skipped", lacks),
];

/// The tests that need usrsctp.
pub(crate) const USRSCTP: &[(&str, Body)] = &[
    ("usrsctp-takes-cases-of-conformance", usrsctp),
    (
        "linux-numbers-fragments-as-usrsctp-does-not-take-them",
        fragments,
    ),
];

/// Needs a C compiler, and usrsctp with its header.
pub(crate) fn need_of_usrsctp() -> Need {
    let lack = compiled().err();
    Need::of("usrsctp", lack)
}

/// Cases of what a stack does: it sets up, refuses, sends, ends. None of these cases is
/// known to fail.
const CASES: [&str; 6] = [
    "as-v-1-1-1",
    "as-v-1-1-2",
    "d-v-8-1",
    "at-v-2-2",
    "rfc8260-2-1-too-short",
    "rfc9260-6-8-checksum-wrong-abort",
];

fn usrsctp(lab: Lab) -> Result<(), String> {
    let (_folder, program) = compiled()?;
    let stack = format!("--stack=usrsctp={}", program.display());
    let passed = ran(
        lab,
        "conformance",
        &[&[stack.as_str()], &CASES[..]].concat(),
    )?;
    let all = format!("{0} of {0} scenarios passed", CASES.len());
    match passed.code == Some(0) && passed.said.contains(&all) {
        true => {}
        false => return Err(format!("not all passed: {passed:?}")),
    }
    let sabotaged = [&[stack.as_str(), "--sabotage=1"], &CASES[..]].concat();
    match ran(lab, "conformance", &sabotaged)? {
        Ran { code: Some(0), .. } => Ok(()),
        other => Err(format!("a sabotage was not found out: {other:?}")),
    }
}

fn fragments(lab: Lab) -> Result<(), String> {
    let (_folder, program) = compiled()?;
    let file = repository().join("examples/usrsctp/fragmented-i-data.yaml");
    let file = file.display().to_string();
    match ran(lab, "run", &[file.as_str()])? {
        Ran { code: Some(0), .. } => {}
        other => return Err(format!("two sockets of Linux: {other:?}")),
    }
    let stack = format!("--stack=usrsctp={}", program.display());
    let mixed = ran(lab, "run", &[file.as_str(), &stack, "--stack-at=server"])?;
    let is_told = mixed.said.contains("a known failure of usrsctp");
    match mixed.code == Some(0) && is_told {
        true => Ok(()),
        false => Err(format!("it is not told: {mixed:?}")),
    }
}

fn ends(lab: Lab) -> Result<(), String> {
    let at_once = "echo stack mine 1; read line; kill -SEGV $$";
    let ran = of_script(lab, at_once)?;
    told(&ran, 1, "signal: 11")?;
    let ran = of_script(lab, &until_a_packet("kill -SEGV $$"))?;
    told(&ran, 1, "signal: 11")?;
    // The program is gone before the next command.
    let ran = of_script(lab, "echo stack mine 1; read line; echo ok; kill -SEGV $$")?;
    told(&ran, 1, "signal: 11")
}

fn nonsense(lab: Lab) -> Result<(), String> {
    let words = "`hello`, which is no line of the protocol";
    let at_once = "echo stack mine 1; read line; echo hello; read line";
    let ran = of_script(lab, at_once)?;
    told(&ran, 1, words)?;
    let ran = of_script(lab, &until_a_packet("echo hello"))?;
    told(&ran, 1, words)
}

/// A stack that agrees to every command, and does this at the first packet.
fn until_a_packet(what: &str) -> String {
    format!(
        "echo stack mine 1; while read word rest; do \
         case $word in packet) {what};; *) echo ok;; esac; done"
    )
}

fn lacks(lab: Lab) -> Result<(), String> {
    let script = "echo stack mine 1; while read word rest; do \
                  case $word in open) echo ok;; *) echo unsupported $word;; esac; done";
    let ran = of_script(lab, script)?;
    told(&ran, 0, "skipped: it needs an endpoint that listens")
}

fn told(ran: &Ran, code: i32, words: &str) -> Result<(), String> {
    match ran.code == Some(code) && (ran.said.contains(words) || ran.wrong.contains(words)) {
        true => Ok(()),
        false => Err(format!("no `{words}`: {ran:?}")),
    }
}

#[derive(Debug)]
struct Ran {
    code: Option<i32>,
    said: String,
    wrong: String,
}

/// Runs one case with a shell as its stack.
fn of_script(lab: Lab, script: &str) -> Result<Ran, String> {
    let folder = scratch()?;
    let program = folder.path().join("stack");
    fs::write(&program, format!("#!/bin/sh\n{script}\n")).map_err(words)?;
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).map_err(words)?;
    let stack = format!("--stack=mine={}", program.display());
    ran(lab, "conformance", &[&stack, "d-v-8-1"])
}

fn ran(lab: Lab, verb: &str, arguments: &[&str]) -> Result<Ran, String> {
    let folder = scratch()?;
    let mut command: Command = lab.command();
    command
        .current_dir(repository())
        .args([verb, "--engine=uml"])
        .args(arguments)
        .arg("--out")
        .arg(folder.path());
    let output = command.output().map_err(words)?;
    Ok(Ran {
        code: output.status.code(),
        said: String::from_utf8_lossy(&output.stdout).into_owned(),
        wrong: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}

/// The stack program for usrsctp, in a folder that the guest sees.
fn compiled() -> Result<(TempDir, PathBuf), String> {
    let folder = scratch()?;
    let program = folder.path().join("usrsctp-stack");
    let source = repository().join("examples/usrsctp/usrsctp-stack.c");
    compile(&source, &program).map(|()| (folder, program))
}

fn compile(source: &Path, program: &Path) -> Result<(), String> {
    let mut cc = Command::new("cc");
    cc.args(["-O1", "-Wall", "-Wextra", "-Werror", "-o"])
        .args([program, source])
        .arg("-lusrsctp");
    let output = cc.output().map_err(|error| format!("cc: {error}"))?;
    match output.status.success() {
        true => Ok(()),
        false => {
            let wrong = String::from_utf8_lossy(&output.stderr);
            Err(wrong.lines().next().unwrap_or("cc fails").to_owned())
        }
    }
}

fn scratch() -> Result<TempDir, String> {
    tempfile::tempdir_in("/var/tmp").map_err(words)
}

fn words(error: std::io::Error) -> String {
    error.to_string()
}
