//! Tests `bisect`, as far as that is possible with a single kernel.

use std::fs;

use serde_json::Value;
use tests::{Lab, lesson};

use crate::Body;
use crate::answer::Answer;
use crate::json;

pub(crate) const ANYWHERE: &[(&str, Body)] = &[
    ("bisect-asked-for-nonsense", wrong),
    ("kernel-try-answers-git", answers_git),
];

pub(crate) const IN_VM: &[(&str, Body)] = &[("bisect-sees-that-good-is-good", ends)];

fn bisect(lab: Lab, words: &[&str]) -> Result<Answer, String> {
    let mut command = lab.command();
    command.arg("bisect").args(words);
    command.arg(lesson("handshake").path);
    Answer::of(&mut command)
}

fn wrong(lab: Lab) -> Result<(), String> {
    let refused = |words: &[&str], why: &str| {
        let answer = bisect(lab, words)?.exits(2)?;
        assert!(answer.err.contains(why), "{why}: {answer:?}");
        Ok::<(), String>(())
    };
    let two = ["--kernel=vm", "--kernel=uml"];
    refused(
        &[&two[..], &["--good=vm", "--bad=vm"]].concat(),
        "--good and --bad are the same kernel",
    )?;
    refused(
        &[&two[..], &["--good=vm", "--bad=6.1"]].concat(),
        "`6.1` names no kernel",
    )?;
    refused(&["--good=vm"], "--bad <VERSION|PATH>")?;
    refused(
        &[&two[..], &["--good=vm", "--bad=uml", "--seeds=0"]].concat(),
        "--seeds",
    )?;
    refused(
        &[&two[..], &["--good=vm", "--bad=uml", "--engine=native"]].concat(),
        "--kernel needs the uml or the vm engine",
    )
}

/// `git bisect run` takes all exit codes but 0, 125 and those from 128 on for bad.
fn answers_git(lab: Lab) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let tree = folder.path().display().to_string();
    let stops = |words: &[&str], why: &str| {
        let mut command = lab.command();
        command.args(["kernel", "try"]).args(words);
        let answer = Answer::of(&mut command)?.exits(128)?;
        assert!(answer.err.contains(why), "{why}: {answer:?}");
        Ok::<(), String>(())
    };
    stops(&[&tree, "handshake"], "is no tree of Linux's source")?;
    stops(&[&tree, "hand-shake"], "did you mean `handshake`?")?;
    stops(&[&tree], "<SCENARIO>")?;
    stops(&[&tree, "handshake", "--seeds=none"], "--seeds")
}

/// A good kernel is not taken for bad, and each kernel that is tried is reported.
fn ends(lab: Lab) -> Result<(), String> {
    let out = tempfile::tempdir().map_err(|error| error.to_string())?;
    let no_kernel = out.path().join("vmlinuz-0.1");
    fs::write(&no_kernel, "none").map_err(|error| error.to_string())?;
    let no_kernel = no_kernel.display().to_string();
    let kept = format!("--out={}", out.path().display());
    let bisect = |words: &[&str]| {
        let common = ["--kernel=vm", "--kernel=vm", &kept, "--seeds=2", "--json"];
        bisect(lab, &[&common[..], words].concat())
    };
    let answer = bisect(&["--good=1-vm", "--bad=2-vm"])?.exits(2)?;
    assert!(
        answer.err.contains("2-vm is not bad: passed with 2 seeds"),
        "{answer:?}"
    );
    let told: Vec<Value> = answer
        .out
        .lines()
        .map(|line| serde_json::from_str(line).map_err(|error| error.to_string()))
        .collect::<Result<_, _>>()?;
    let is: Vec<_> = told.iter().map(|line| &line["is"]).collect();
    assert_eq!(is, ["good", "good"], "{answer:?}");
    assert!(out.path().join("1-vm/handshake/run.json").exists());
    json::valid("bisect", answer)?;
    let bad = format!("--bad={no_kernel}");
    let answer = bisect(&["--good=1-vm", &bad])?.exits(3)?;
    assert!(
        answer
            .err
            .contains("the bad kernel, 3-vmlinuz-0.1, cannot be tested"),
        "{answer:?}"
    );
    Ok(())
}
