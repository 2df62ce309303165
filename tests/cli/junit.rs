//! Tests that the JUnit of `run` conforms to its schema.

use std::fs;
use std::process::Command;

use tests::{Lab, repository};

use crate::Body;
use crate::answer::Answer;

pub(crate) const ALL: &[(&str, Body)] = &[
    ("junit-of-run-is-valid", valid),
    ("junit-of-nothing-else-is-valid", strict),
];

/// A scenario with a number to fill in: with 2 it passes, with 3 it fails.
pub(crate) const SCENARIO: &str = "\
title: 'Two & more <b>messages</b>'
nodes: [client, server]
links:
  path-a: {client: 10.0.1.1/24, server: 10.0.1.2/24}
endpoints:
  server: {node: server, listen: 5000, subscribe: [assoc-change]}
  client: {node: client, subscribe: [assoc-change]}
steps:
  - connect: {from: client, to: server}
  - expect: {at: client, notification: assoc-change, state: comm-up, within: 4s}
  - send: {from: client, to: server, count: 2, size: 100}
  - close: client
  - expect: {at: server, notification: assoc-change, state: shutdown-comp, within: shutdown-bound}
assert:
  - chunks: {chunk: DATA, from: client, exactly: NUMBER, as: all-sent}
";

fn valid(lab: Lab) -> Result<(), String> {
    let scratch = tempfile::tempdir().map_err(|error| error.to_string())?;
    for (name, number) in [("good", "2"), ("bad", "3")] {
        let file = scratch.path().join(name).with_extension("yaml");
        let text = SCENARIO.replace("NUMBER", number);
        fs::write(file, text).map_err(|error| error.to_string())?;
    }
    let mut run = lab.command();
    run.current_dir(scratch.path());
    // The third scenario has to be skipped.
    run.args(["run", "good.yaml", "bad.yaml"]);
    run.arg(repository().join("scenarios/extended-receive-info.yaml"));
    run.args(["--engine=vm", "--quiet", "--junit", "junit.xml"]);
    Answer::of(&mut run)?.exits(1)?;
    let xml = fs::read_to_string(scratch.path().join("junit.xml"));
    let xml = xml.map_err(|error| error.to_string())?;
    for result in [
        "tests=\"3\" skipped=\"1\" failures=\"1\"",
        "all-sent",
        "<skipped ",
    ] {
        assert!(xml.contains(result), "{xml}");
    }
    lint(&xml)?.exits(0)?;
    Ok(())
}

/// The schema refuses what readers do not know; otherwise conformance would prove nothing.
fn strict(_: Lab) -> Result<(), String> {
    let good = "<testsuites name='a' tests='1' skipped='0' failures='0' errors='0'>\
        <testsuite name='a' tests='1' skipped='0' failures='0' errors='0'>\
        <testcase name='b' classname='a' time='0.100'/></testsuite></testsuites>";
    lint(good)?.exits(0)?;
    for (from, to) in [
        ("time=", "seconds="),
        ("'0.100'", "'soon'"),
        ("tests='1'", "tests='-1'"),
        ("<testcase ", "<test "),
        (" classname='a'", ""),
    ] {
        let bad = good.replace(from, to);
        assert_ne!(bad, good);
        lint(&bad)?.exits(NOT_VALID)?;
    }
    Ok(())
}

/// Checks a text against the schema.
fn lint(xml: &str) -> Result<Answer, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let file = folder.path().join("junit.xml");
    fs::write(&file, xml).map_err(|error| error.to_string())?;
    let mut command = Command::new("xmllint");
    command.args(["--noout", "--nonet", "--schema"]);
    command.arg(repository().join("schema/junit.xsd")).arg(file);
    Answer::of(&mut command)
}

/// The exit code of `xmllint` for XML that does not conform to the schema.
const NOT_VALID: i32 = 3;
