//! Tests runs, and the verbs on their recordings.

use std::fs;
use std::path::PathBuf;

use recording::Recording;
use serde_json::Value;
use tempfile::TempDir;
use tests::{Lab, repository};

use crate::Body;
use crate::answer::Answer;

pub(crate) const ALL: &[(&str, Body)] = &[
    ("check-agrees-with-a-run-that-passed", passed),
    ("check-agrees-with-a-run-that-failed", failed),
    ("check-agrees-with-a-run-that-was-skipped", skipped),
    ("show-draws-what-the-run-drew", show),
    ("several-at-once", several_at_once),
];

/// A run and where its recordings went.
struct Run {
    answer: Answer,
    out: TempDir,
}

impl Run {
    fn of(lab: Lab, arguments: &[&str]) -> Result<Self, String> {
        let out = tempfile::tempdir().map_err(|error| error.to_string())?;
        let mut command = lab.command();
        command.args(["run", "--engine=vm"]).args(arguments);
        command
            .arg("--out")
            .arg(out.path())
            .current_dir(repository());
        let answer = Answer::of(&mut command)?;
        Ok(Self { answer, out })
    }

    fn folder(&self, name: &str) -> PathBuf {
        self.out.path().join(name)
    }
}

fn passed(lab: Lab) -> Result<(), String> {
    let verdict = checked(lab, &["one-way-loss", "--json"], "one-way-loss", 0)?;
    assert_eq!(verdict["passed"], true);
    assert!(verdict["skipped"].is_null());
    Ok(())
}

/// Nothing is sent, so the scenario's last line cannot hold.
const FAILS: &str = "\
title: A scenario that expects too much
nodes: [client, server]
links:
  path-a: {client: 10.0.1.1/24, server: 10.0.1.2/24}
endpoints:
  server: {node: server, listen: 5000}
  client: {node: client, subscribe: [assoc-change]}
steps:
  - connect: {from: client, to: server}
  - expect: {at: client, notification: assoc-change, state: comm-up, within: 1s}
assert:
  - chunks: {chunk: DATA, from: client, at-least: 1, as: data}
";

fn failed(lab: Lab) -> Result<(), String> {
    let verdict = written(lab, FAILS, 1)?;
    assert_eq!(verdict["passed"], false);
    Ok(())
}

/// Linux lacks the capability, so the scenario is skipped.
fn skipped(lab: Lab) -> Result<(), String> {
    let verdict = written(lab, &format!("needs: explicit-eor\n{FAILS}"), 0)?;
    assert_eq!(verdict["passed"], false);
    assert_eq!(verdict["skipped"]["capability"], "explicit-eor");
    Ok(())
}

fn written(lab: Lab, scenario: &str, exit: i32) -> Result<Value, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let file = folder.path().join("written.yaml");
    fs::write(&file, scenario).map_err(|error| error.to_string())?;
    let file = file.display().to_string();
    checked(lab, &[&file, "--json"], "written", exit)
}

fn checked(lab: Lab, arguments: &[&str], name: &str, exit: i32) -> Result<Value, String> {
    let run = Run::of(lab, arguments)?;
    let mut check = lab.command();
    check.args(["check", "--json"]).arg(run.folder(name));
    // `check` needs no scenario but the one in the recording.
    let again = Answer::of(check.current_dir("/"))?.exits(exit)?;
    let ran = run.answer.exits(exit)?;
    assert_eq!(again.out, ran.out);
    serde_json::from_str(&ran.out).map_err(|error| error.to_string())
}

fn show(lab: Lab) -> Result<(), String> {
    let run = Run::of(lab, &["one-way-loss"])?;
    let folder = run.folder("one-way-loss");
    let ran = run.answer.exits(0)?;
    let shown = Answer::of(lab.command().arg("show").arg(&folder))?.exits(0)?;
    assert!(shown.out.contains("SCTP_ADDR_UNREACHABLE"), "{}", shown.out);
    assert!(
        ran.out.starts_with(&shown.out),
        "{}\n{}",
        ran.out,
        shown.out
    );
    let full = Answer::of(lab.command().args(["show", "--full"]).arg(&folder))?.exits(0)?;
    assert!(full.out.lines().count() > 2 * shown.out.lines().count());
    let flow = Answer::of(lab.command().args(["show", "--flow"]).arg(&folder))?.exits(0)?;
    let recording = Recording::read(&folder).map_err(|error| error.to_string())?;
    assert_eq!(flow.out, report::flow_snapshot(&recording));
    Ok(())
}

/// All scenarios are reported, in the order of the command line.
fn several_at_once(lab: Lab) -> Result<(), String> {
    let names = ["multihoming-failover", "one-way-loss", "ipv6-failover"];
    let run = Run::of(lab, &[&names[..], &["--json"]].concat())?;
    let mut told = Vec::new();
    for line in run.answer.exits(0)?.out.lines() {
        let line: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        told.push(line["scenario"].as_str().unwrap_or_default().to_owned());
    }
    assert_eq!(told, names);
    Ok(())
}
