//! Tests the memory that untrusted files cost: it must not grow, whatever they contain.

mod bytes;
mod kinds;
mod measured;
mod recordings;

use std::path::Path;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed};
use tests::Lab;

use crate::kinds::Kind;
use crate::measured::Measured;

/// What README promises: this much memory for any capture, in MiB.
const LIMIT: u64 = 64;

fn main() -> ExitCode {
    let lab = Lab(env!("CARGO_BIN_EXE_sctp-lab-under-test"));
    if let Some(code) = measured::role(lab) {
        return code;
    }
    let arguments = Arguments::from_args();
    let captures = kinds::ALL
        .iter()
        .map(|kind| trials::test(kind.name, move || capture(kind)));
    let recordings = recordings::ALL.iter().map(|kind| {
        let name = format!("recording::{}", kind.name);
        trials::test(name, move || recording(kind))
    });
    let trials = captures.chain(recordings).collect();
    trials::run("hostile", &arguments, trials).exit_code()
}

/// Looks at the file in every way, each within the limit.
fn capture(kind: &Kind) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join(kind.file_name());
    kind.write(&file)?;
    println!("{}: {} bytes", kind.name, file.metadata()?.len());
    ways(&file, folder.path())?
        .iter()
        .try_for_each(|arguments| stays_still(kind.name, arguments, kind.says))
}

fn recording(kind: &recordings::Kind) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let run = folder.path().join("run");
    kind.write(&run)?;
    let (run, html) = (run.display(), folder.path().join("report.html"));
    let lines = [
        format!("show {run}"),
        format!("show --full {run}"),
        format!("show --flow {run}"),
        format!("show --json {run}"),
        format!("show --svg {run}"),
        format!("show --mermaid {run}"),
        format!("check {run}"),
        format!("check --json {run}"),
        format!("diff {run} {run}"),
        format!("report {run} -o {}", html.display()),
    ];
    lines.iter().try_for_each(|line| {
        let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        stays_still(kind.name, &words, None)
    })
}

/// Runs a command line, which may be refused, and must stay within the limit.
fn stays_still(kind: &str, arguments: &[String], says: Option<&str>) -> Result<(), Failed> {
    let Measured { peak, seconds, end } = measured::run(arguments)?;
    let line = arguments.join(" ");
    println!("{kind}: {line}: {peak} MiB, {seconds:.2} s, {end}");
    if peak > LIMIT {
        return Err(format!("{line}: {peak} MiB, {LIMIT} allowed").into());
    }
    // A command shows or refuses the file. It does not panic, and is not killed.
    if ![Some(0), Some(1), Some(2)].contains(&end.code) {
        return Err(format!("{line}: {end}").into());
    }
    match says.filter(|word| !end.said.contains(word)) {
        Some(word) => Err(format!("{line}: no {word:?} in {end}").into()),
        None => Ok(()),
    }
}

/// The command lines that look at a capture.
fn ways(file: &Path, folder: &Path) -> Result<Vec<Vec<String>>, Failed> {
    let file = file.display().to_string();
    let scenario = folder.join("two-hosts.yaml");
    std::fs::write(&scenario, SCENARIO)?;
    let scenario = scenario.display().to_string();
    let line = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
    Ok(vec![
        line(&["show", &file]),
        line(&["show", &file, "--full"]),
        line(&["show", &file, "--json"]),
        line(&["show", &file, "--svg"]),
        line(&["show", &file, "--mermaid"]),
        line(&["check", "--pcap", &file, "--scenario", &scenario]),
    ])
}

const SCENARIO: &str = "\
title: Two hosts
nodes: [client, server]
links:
  path-a: {client: 10.0.0.1/24, server: 10.0.0.2/24}
endpoints:
  server: {node: server, listen: 5000}
  client: {node: client}
steps:
  - connect: {from: client, to: server}
assert:
  - chunks: {chunk: DATA, from: client, at-least: 1, as: data}
  - chunks: {chunk: DATA, from: client, again: true, at-most: 10000000, as: again}
  - chunks: {chunk: ABORT, from: client, exactly: 0, as: no-abort}
";
