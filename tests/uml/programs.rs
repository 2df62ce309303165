//! Programs of the machine, run in a guest: those that are not installed are skipped by
//! the lab, which says so.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;
use tests::{Lab, repository};

use crate::Body;

pub(crate) const ALL: &[(&str, Body)] = &[
    ("a-shell-tells-what-it-does", shell),
    ("sctp-test-sends-to-a-socket", sctp_test),
    ("socat-hands-a-line-on", socat),
    ("a-python-client-survives-a-failover", python),
];

/// Needs nothing but a shell.
const SHELL: &str = "\
title: A shell is started, killed and started again
nodes: [a, b]
links:
  path-a: {a: 10.0.1.1/24, b: 10.0.1.2/24}
endpoints:
  it:
    node: a
    program: my-shell
    args: [-c, 'read word; echo \"$word $COLOUR\"; echo oh >&2; test -t 0 || sleep 2; exit 3']
    env: {COLOUR: blue}
    input: sky
    ready: {output: ^sky blue$}
steps:
  - start: it
  - expect: {at: it, output: ^oh$, within: 1s}
  - signal: {endpoint: it, signal: KILL}
  - expect: {at: it, signalled: KILL, within: 1s}
  - start: it
  - expect: {at: it, exited: 3, within: 3s, as: ended}
sabotage:
  - title: it is killed a second time
    before: ended
    steps:
      - signal: {endpoint: it, signal: KILL}
    fails: ended
";

fn shell(lab: Lab) -> Result<(), String> {
    let folder = scratch()?;
    let file = folder.path().join("a-shell.yaml");
    fs::write(&file, SHELL).map_err(|error| error.to_string())?;
    both(lab, &file, &["--program=my-shell=/bin/sh"])
}

fn sctp_test(lab: Lab) -> Result<(), String> {
    both(
        lab,
        &repository().join("programs/sctp-test-sends.yaml"),
        &[],
    )
}

fn socat(lab: Lab) -> Result<(), String> {
    both(lab, &repository().join("programs/socat.yaml"), &[])
}

fn python(lab: Lab) -> Result<(), String> {
    if !Path::new("/usr/bin/python3").exists() {
        return Ok(());
    }
    // The guest has a /tmp of its own, and the repository may be in there.
    let folder = scratch()?;
    let client = folder.path().join("sctp_client.py");
    let example = repository().join("examples/sctp_client.py");
    fs::copy(example, &client).map_err(|error| error.to_string())?;
    let program = format!("--program=sctp-client={}", client.display());
    both(
        lab,
        &repository().join("programs/python-client.yaml"),
        &[&program],
    )
}

fn scratch() -> Result<TempDir, String> {
    tempfile::tempdir_in("/var/tmp").map_err(|error| error.to_string())
}

/// The scenario passes, and fails under each sabotage as the sabotage says.
fn both(lab: Lab, file: &Path, arguments: &[&str]) -> Result<(), String> {
    let folder = scratch()?;
    let run = |more: &[&str]| {
        let mut command: Command = lab.command();
        command
            .args(["run", "--engine=uml", "--quiet"])
            .args(arguments)
            .args(more)
            .arg(file)
            .arg("--out")
            .arg(folder.path());
        let output = command.output().map_err(|error| error.to_string())?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        match output.status.code() {
            Some(0) => Ok(said),
            _ => {
                let wrong = String::from_utf8_lossy(&output.stderr);
                Err(format!("{}\n{said}{wrong}", output.status))
            }
        }
    };
    let said = run(&[])?;
    if !said.contains("passed") && !said.contains("skipped: it needs program") {
        return Err(format!("neither passed nor skipped: {said}"));
    }
    run(&["--sabotage=1"]).map(drop)
}
