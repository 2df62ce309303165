//! Tests the report in a real browser: it opens, folds, filters, and fetches nothing, and
//! everybody can use it.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use tests::{Lab, Need};

use crate::Body;
use crate::answer::Answer;

pub(crate) const ALL: &[(&str, Body)] = &[("report-in-a-browser", report)];

/// Hostile text wherever a scenario may have text, a path that fails, and one
/// link besides.
const SCENARIO: &str = r#"
title: <img src=x onerror="window.hostile = 1"> A cable is cut
rfc: 9260#8.2
lesson: |
  <b>Look</b> for <script>window.hostile = 1</script> the broken arrow.
nodes: [client, server]
links:
  path-a: {client: 10.0.1.1/24, server: 10.0.1.2/24, delay: 10ms}
  path-b: {client: 10.0.2.1/24, server: 10.0.2.2/24, delay: 10ms}
endpoints:
  server: {node: server, listen: 5000, subscribe: all}
  client: {node: client, subscribe: all, timers: {path-max-retrans: 1}}
steps:
  - connect: {from: client, to: server}
  - expect: {at: client, notification: assoc-change, state: comm-up, within: 1s}
  - traffic: {from: client, to: server, every: 200ms, size: 100, as: ticker}
  - wait: 10s
  - say: </script><b>The switch dies</b>, and nobody is told.
    cut: {link: path-a}
  - expect: {at: client, notification: peer-addr-change, address: 10.0.1.2, state: unreachable, within: failover-bound}
  - stop: ticker
  - wait: 3s
assert:
  - delivered: {from: client, to: server}
exercises:
  - predict: {chunk: INIT ACK, from: server, because: <b onclick="window.hostile = 1">So</b> it is., rfc: 9260#5.1}
  - fill-in: {chunk: DATA, from: client, nth: 3, field: ssn, because: It counts from 0., rfc: 9260#6.5}
  - predict: {chunk: DATA, from: client, nth: 3, ask: path, because: It is the primary path., rfc: 9260#6.4}
"#;

const DRIVER: &str = include_str!("browser.html");

/// The script that finds what keeps somebody from using a page. `.ci/accessible` runs it on
/// the book, too.
const ACCESSIBLE: &str = include_str!("accessible.js");

fn report(lab: Lab) -> Result<(), String> {
    let failed = |error: std::io::Error| error.to_string();
    let scratch = tempfile::tempdir().map_err(failed)?;
    let file = scratch.path().join("hostile.yaml");
    fs::write(&file, SCENARIO).map_err(failed)?;
    fs::write(scratch.path().join("driver.html"), DRIVER).map_err(failed)?;
    fs::write(scratch.path().join("accessible.js"), ACCESSIBLE).map_err(failed)?;
    for seed in ["1", "2"] {
        let mut run = lab.command();
        run.args(["run", "--quiet", "--engine=vm", "--seed", seed]);
        run.arg("--out").arg(scratch.path().join("runs").join(seed));
        Answer::of(run.arg(&file))?.exits(0)?;
    }
    let mut report = lab.command();
    report.arg("report").arg(scratch.path().join("runs/1"));
    report.arg(scratch.path().join("runs/2"));
    report.arg(scratch.path().join("runs/1/hostile/capture.pcapng"));
    report.arg("-o").arg(scratch.path().join("report.html"));
    Answer::of(&mut report)?.exits(0)?;
    let (seen, complaints) = drive(scratch.path())?;
    assert_eq!(
        seen,
        json!({
            "cells": 2,
            "closed": true,
            "opened": true,
            "unfolds": true,
            "folds": true,
            "turns": true,
            "filters": true,
            "fields": true,
            "bytes": true,
            "tsns": true,
            "why": true,
            "streams": true,
            "trips": true,
            "trip": true,
            "narrow": true,
            "small": 0,
            "cut": [],
            "light": true,
            "dark": true,
            "keys": true,
            "asks": 3,
            "refuses": true,
            "accepts": true,
            "explains": true,
            "barriers": [],
            "rules": [
                "contrast", "heading", "id", "keyboard", "landmark", "language", "name",
                "overflow", "picture", "title",
            ],
            "curves": true,
            "states": true,
            "lost": true,
            "topology": 2,
            "captured": true,
            "found": true,
            "fetched": 0,
            "hostile": false,
        }),
        "{complaints:?}"
    );
    assert!(complaints.is_empty(), "{complaints:#?}");
    Ok(())
}

/// What the driver script has seen, and what the browser complained of.
fn drive(folder: &Path) -> Result<(Value, Vec<String>), String> {
    let browser = Need::browser_command().ok_or("no browser")?;
    let mut command = Command::new(browser);
    command
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"])
        .args([
            "--allow-file-access-from-files",
            "--virtual-time-budget=20000",
        ])
        .args(["--enable-logging=stderr", "--window-size=1500,1000"])
        .arg(format!(
            "--user-data-dir={}",
            folder.join("profile").display()
        ))
        .arg(format!("file://{}", folder.join("driver.html").display()));
    let answer = Answer::of(&mut command)?.exits(0)?;
    let seen = answer
        .out
        .split_once("<pre id=\"seen\">")
        .and_then(|(_, rest)| rest.split_once("</pre>"))
        .ok_or_else(|| format!("the driver told nothing: {answer:#?}"))?
        .0;
    let seen = serde_json::from_str(seen).map_err(|error| format!("{error}: {seen}"))?;
    let complaints = answer.err.lines().filter(|line| line.contains("CONSOLE"));
    Ok((seen, complaints.map(str::to_owned).collect()))
}
