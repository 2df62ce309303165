//! Tests exit code 2: the command line or a scenario is wrong, and nothing is built.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use tests::{Lab, repository};

use crate::Body;
use crate::answer::{Answer, assert_text};

pub(crate) const ALL: &[(&str, Body)] = &[
    ("bad-scenarios", bad_scenarios),
    ("every-mistake-at-once", every_mistake_at_once),
    ("mistakes-in-json", mistakes_in_json),
    ("unknown-scenario", unknown_scenario),
    ("unknown-words", unknown_words),
    ("no-such-sabotage", no_such_sabotage),
    ("unknown-program", unknown_program),
    ("no-such-recording", no_such_recording),
];

/// A folder in which anything that is built would show.
struct Nowhere(TempDir);

impl Nowhere {
    fn new() -> Result<Self, String> {
        tempfile::tempdir()
            .map(Self)
            .map_err(|error| error.to_string())
    }

    fn run(&self, lab: Lab, scenario: &str) -> Command {
        let mut command = lab.command();
        command
            .args(["run", scenario, "--out"])
            .arg(self.0.path().join("runs"))
            .env("SCTP_LAB_CACHE", self.0.path().join("cache"));
        command
    }

    fn is_untouched(&self) -> Result<(), String> {
        let mut entries = fs::read_dir(self.0.path()).map_err(|error| error.to_string())?;
        match entries.next() {
            None => Ok(()),
            Some(entry) => Err(format!("something was built: {entry:?}")),
        }
    }
}

fn folder() -> PathBuf {
    repository().join("tests/bad-scenarios")
}

/// Each bad scenario is refused with the message that is pinned beside it.
fn bad_scenarios(lab: Lab) -> Result<(), String> {
    let nowhere = Nowhere::new()?;
    let mut seen = 0;
    for entry in fs::read_dir(folder()).map_err(|error| error.to_string())? {
        let path = entry.map_err(|error| error.to_string())?.path();
        if path.extension().is_none_or(|ending| ending != "yaml") {
            continue;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let mut command = nowhere.run(lab, &name);
        let answer = Answer::of(command.current_dir(folder()))?.exits(2)?;
        assert_eq!(answer.err.trim_end(), pinned(&path)?.trim_end(), "{name}");
        assert_eq!(answer.out, "", "{name}");
        seen += 1;
    }
    assert!(seen >= 40, "only {seen}");
    nowhere.is_untouched()
}

/// The message in a snapshot, behind the snapshot's head.
fn pinned(scenario: &Path) -> Result<String, String> {
    let file = scenario.with_extension("snap");
    let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let parts: Vec<&str> = text.splitn(3, "---\n").collect();
    Ok(parts.last().copied().unwrap_or_default().to_owned())
}

const THREE_MISTAKES: &str = "\
title: Three mistakes
nodes: [client, server]
links:
  path-a: {client: 10.0.1.1/24, sever: 10.0.1.2/24}
endpoints:
  server: {node: server, listen: 500000}
  client: {node: client}
steps:
  - conect: {from: client, to: server}
";

fn every_mistake_at_once(lab: Lab) -> Result<(), String> {
    let nowhere = Nowhere::new()?;
    let scratch = tempfile::tempdir().map_err(|error| error.to_string())?;
    let file = scratch.path().join("three.yaml");
    fs::write(&file, THREE_MISTAKES).map_err(|error| error.to_string())?;
    let mut command = nowhere.run(lab, "three.yaml");
    let answer = Answer::of(command.current_dir(scratch.path()))?.exits(2)?;
    assert_text("every-mistake-at-once", &answer.err);
    for place in ["three.yaml:4:", "three.yaml:6:", "three.yaml:9:"] {
        assert!(answer.err.contains(place), "no {place}");
    }
    nowhere.is_untouched()
}

fn mistakes_in_json(lab: Lab) -> Result<(), String> {
    let bad = folder().join("connect-foreign-address.yaml");
    let mut command = lab.command();
    let answer = Answer::of(command.args(["validate", "--json"]).arg(bad))?.exits(2)?;
    let line: serde_json::Value =
        serde_json::from_str(&answer.out).map_err(|error| format!("{error}: {}", answer.out))?;
    assert_eq!((&line["line"], &line["column"]), (&14.into(), &63.into()));
    Ok(())
}

fn unknown_scenario(lab: Lab) -> Result<(), String> {
    let nowhere = Nowhere::new()?;
    let mut command = nowhere.run(lab, "multihomming-failover");
    let answer = Answer::of(command.current_dir(repository()))?.exits(2)?;
    assert!(
        answer.err.contains("did you mean `multihoming-failover`?"),
        "{}",
        answer.err
    );
    nowhere.is_untouched()
}

fn unknown_words(lab: Lab) -> Result<(), String> {
    let answer = Answer::of(lab.command().arg("rum"))?.exits(2)?;
    assert!(
        answer.err.contains("'run'"),
        "no suggestion: {}",
        answer.err
    );
    let answer = Answer::of(lab.command().args(["run", "x", "--engin", "vm"]))?.exits(2)?;
    assert!(
        answer.err.contains("'--engine'"),
        "no suggestion: {}",
        answer.err
    );
    Answer::of(&mut lab.command())?.exits(2)?;
    Ok(())
}

fn no_such_sabotage(lab: Lab) -> Result<(), String> {
    let nowhere = Nowhere::new()?;
    let mut command = nowhere.run(lab, "multihoming-failover");
    command.args(["--sabotage=99"]).current_dir(repository());
    let answer = Answer::of(&mut command)?.exits(2)?;
    assert!(
        answer.err.contains("there is no number 99"),
        "{}",
        answer.err
    );
    nowhere.is_untouched()
}

fn no_such_recording(lab: Lab) -> Result<(), String> {
    for verb in ["check", "show"] {
        let answer = Answer::of(lab.command().args([verb, "/no/such/run"]))?.exits(2)?;
        assert!(answer.err.contains("/no/such/run"), "{}", answer.err);
    }
    Ok(())
}

/// Only the command line says which file a program is.
fn unknown_program(lab: Lab) -> Result<(), String> {
    let nowhere = Nowhere::new()?;
    let scenario = repository().join("programs/python-client.yaml");
    let scenario = scenario.to_string_lossy();
    let of_itself = format!("--lab={scenario}");
    let cases = [
        (
            vec![],
            "python-client runs a program `sctp-client`: which file is that?",
        ),
        (
            vec!["--program=sctp-client=/no/file"],
            "there is no file /no/file",
        ),
        (vec!["--program=sctp-client"], "there is none on PATH"),
        (
            vec!["--program=sctp-klient=/bin/sh"],
            "what can be named is sctp-client",
        ),
        (vec!["--program=./x"], "names no program"),
        (vec!["--lab=/no/lab.yaml"], "No such file"),
        // A scenario is no lab file.
        (vec![of_itself.as_str()], "unknown key `title`"),
    ];
    for (arguments, wanted) in cases {
        let mut command = nowhere.run(lab, &scenario);
        let output = command.args(&arguments).output();
        let output = output.map_err(|error| error.to_string())?;
        let said = String::from_utf8_lossy(&output.stderr);
        if output.status.code() != Some(2) || !said.contains(wanted) {
            return Err(format!("{arguments:?}: {}: {said}", output.status));
        }
    }
    nowhere.is_untouched()
}
