//! Captures that the lab did not make.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;
use tests::{Call, Lab, repository};

use crate::Body;
use crate::answer::{Answer, assert_text};
use crate::example::Example;

pub(crate) const ALL: &[(&str, Body)] = &[
    ("show-draws-any-capture", show),
    ("show-tells-frames-and-times", frames_and_times),
    ("show-tells-of-damage", damage),
    ("show-makes-pictures-of-captures", pictures),
    ("diagnose-tells-what-is-wrong", diagnose),
    ("diagnose-reads-on-as-a-capture-grows", follow),
    ("check-judges-any-capture", check),
    ("check-names-what-does-not-fit-the-capture", wrong),
];

fn call(packets: usize) -> Result<(TempDir, PathBuf), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let path = folder.path().join("call.pcapng");
    let call = Call { packets };
    call.write(&path).map_err(|error| error.to_string())?;
    Ok((folder, path))
}

fn show(lab: Lab) -> Result<(), String> {
    let (_folder, path) = call(10_010)?;
    let answer = Answer::of(lab.command().arg("show").arg(&path))?.exits(0)?;
    assert_text("show-capture", &answer.out);
    // A reader that leaves is no error.
    let mut command = lab.command();
    command.arg("show").arg(&path).arg("--full");
    let full = Answer::of(&mut command)?.exits(0)?;
    assert!(full.out.lines().count() > 10_010);
    Ok(())
}

/// What finds a packet again in another program: its number, and when it was.
fn frames_and_times(lab: Lab) -> Result<(), String> {
    let (_folder, path) = call(100)?;
    let show = |more: &[&str]| {
        let mut command = lab.command();
        Answer::of(command.arg("show").arg(&path).args(more))
    };
    let json = show(&["--json", "--full"])?.exits(0)?;
    let lines = json.out.lines().map(serde_json::from_str);
    let lines: Vec<serde_json::Value> = lines
        .collect::<Result<_, _>>()
        .map_err(|error| error.to_string())?;
    let numbers: Vec<u64> = lines.iter().filter_map(|it| it["frame"].as_u64()).collect();
    assert_eq!(numbers, (1..=100).collect::<Vec<u64>>());
    let first = lines[0]["time"].as_str().ok_or("it has a time")?;
    let (date, time) = first.split_once(' ').ok_or("it has a date")?;
    let day = show(&["--time=day"])?.exits(0)?;
    assert!(
        day.out.contains(&format!("from {first} on\n")),
        "{}",
        day.out
    );
    let time = time.trim_end_matches(" UTC");
    assert!(
        day.out.contains(&format!("\n  1  {time}  │")),
        "{date}: {}",
        day.out
    );
    // A run's clock is no time of day.
    let example = Example::new()?;
    let mut command = lab.command();
    let run = example.path("runs/handshake");
    let answer = Answer::of(command.args(["show", "--time=day"]).arg(run))?.exits(2)?;
    assert!(answer.err.contains("captures from elsewhere"), "{answer:?}");
    Ok(())
}

fn diagnose(lab: Lab) -> Result<(), String> {
    let (_folder, path) = call(1_000)?;
    let answer = Answer::of(lab.command().arg("diagnose").arg("--json").arg(&path))?;
    assert!(!answer.out.is_empty(), "{answer:#?}");
    for line in answer.out.lines() {
        let told: serde_json::Value =
            serde_json::from_str(line).map_err(|error| error.to_string())?;
        assert_eq!(told["format"], 1);
        assert!(told["findings"].is_array(), "{told}");
    }
    // The same twice is as once: what the second has, the first has shown.
    let mut command = lab.command();
    let twice = Answer::of(command.arg("diagnose").arg(&path).arg(&path))?;
    let once = Answer::of(lab.command().arg("diagnose").arg(&path))?;
    let page = |answer: &Answer| {
        let out = answer.out.split("proof").next();
        out.unwrap_or_default().to_owned()
    };
    assert_eq!(page(&twice), page(&once));
    let answer = Answer::of(lab.command().args(["diagnose", "/no/such.pcap"]))?.exits(2)?;
    assert!(answer.err.contains("No such file"), "{answer:#?}");
    Ok(())
}

fn follow(lab: Lab) -> Result<(), String> {
    let (_folder, path) = call(1_000)?;
    // Standard input ends, and with it the command: with the same page, or the same lines.
    let piped = |more: &[&str]| {
        let mut command = lab.command();
        command.args(["diagnose", "-", "--follow"]).args(more);
        let input = fs::File::open(&path).map_err(|error| error.to_string())?;
        Answer::to(&mut command, input.into())
    };
    let once = Answer::of(lab.command().arg("diagnose").arg(&path))?;
    let followed = piped(&[])?;
    assert!(followed.out.ends_with(&once.out), "{followed:#?}");
    assert_eq!(followed.exit, once.exit);
    let told = piped(&["--json"])?;
    let lines = told
        .out
        .lines()
        .map(serde_json::from_str::<serde_json::Value>);
    let lines: Vec<_> = lines
        .collect::<Result<_, _>>()
        .map_err(|error| error.to_string())?;
    let (news, all): (Vec<_>, Vec<_>) = lines.iter().partition(|it| it["change"].is_string());
    let found: usize = all
        .iter()
        .filter_map(|it| it["findings"].as_array().map(Vec::len))
        .sum();
    let new = news.iter().filter(|it| it["change"] == "new").count();
    let gone = news.iter().filter(|it| it["change"] == "gone").count();
    assert_eq!(new - gone, found, "{told:#?}");
    let mut two = lab.command();
    two.arg("diagnose").args([&path, &path]).arg("--follow");
    assert!(Answer::of(&mut two)?.exits(2)?.err.contains("one file"));
    Ok(())
}

fn damage(lab: Lab) -> Result<(), String> {
    let (_folder, path) = call(100)?;
    let whole = fs::read(&path).map_err(|error| error.to_string())?;
    fs::write(&path, &whole[..whole.len() - 7]).map_err(|error| error.to_string())?;
    let answer = Answer::of(lab.command().arg("show").arg(&path))?.exits(2)?;
    assert!(
        answer.out.contains("99 packets, 99 with SCTP"),
        "{answer:#?}"
    );
    assert!(
        answer.err.contains("the file ends inside a block"),
        "{answer:#?}"
    );
    fs::write(&path, "no capture").map_err(|error| error.to_string())?;
    let answer = Answer::of(lab.command().arg("show").arg(&path))?.exits(2)?;
    assert!(
        answer.err.contains("neither a pcapng nor a pcap file"),
        "{answer:#?}"
    );
    fs::remove_file(&path).map_err(|error| error.to_string())?;
    let answer = Answer::of(lab.command().arg("show").arg(&path))?.exits(2)?;
    assert!(
        answer.err.contains("call.pcapng: no such file or folder"),
        "{answer:#?}"
    );
    Ok(())
}

fn pictures(lab: Lab) -> Result<(), String> {
    let (_folder, path) = call(200_000)?;
    let picture = |arguments: &[&str]| {
        let mut command = lab.command();
        command.arg("show").arg(&path).args(arguments);
        Answer::of(&mut command)
    };
    let svg = picture(&["--svg", "--until", "1"])?.exits(0)?;
    assert!(svg.out.starts_with("<svg ") && svg.out.contains("INIT ACK"));
    let mermaid = picture(&["--mermaid", "--until", "1"])?.exits(0)?;
    assert!(mermaid.out.starts_with("sequenceDiagram"));
    let json = picture(&["--json", "--until", "1"])?.exits(0)?;
    assert!(
        json.out
            .lines()
            .next()
            .is_some_and(|it| it.contains("INIT"))
    );
    // However long the capture is.
    let all = picture(&["--svg"])?.exits(0)?;
    assert!(all.out.ends_with("</svg>\n") && all.out.contains("HEARTBEAT"));
    let flow = picture(&["--flow"])?.exits(2)?;
    assert!(flow.err.contains("a capture has no steps"), "{flow:#?}");
    Ok(())
}

const CLIENT: &str = "client=192.0.2.1,198.51.100.1";
const SERVER: &str = "server=192.0.2.2,198.51.100.2";

/// A scenario about somebody else's call.
const SCENARIO: &str = "\
title: A call on two paths
nodes: [client, server]
links:
  path-a: {client: 10.0.1.1/24, server: 10.0.1.2/24}
  path-b: {client: 10.0.2.1/24, server: 10.0.2.2/24}
endpoints:
  server: {node: server, listen: 5000}
  client: {node: client, subscribe: [assoc-change]}
steps:
  - connect: {from: client, to: server}
  - expect: {at: client, notification: assoc-change, state: comm-up, within: 1s, as: up}
  - send: {from: client, to: server, size: 100}
assert:
  - delivered: {from: client, to: server, lost: 0, as: by-the-application}
  - chunks: {chunk: INIT, from: client, destination: 10.0.1.2, exactly: 1, as: init}
  - chunks: {chunk: DATA, from: client, on: path-b, exactly: 1, as: once-on-path-b}
  - chunks: {chunk: HEARTBEAT ACK, from: server, on: path-b, exactly: 1, as: probed}
  - chunks: {chunk: DATA, from: client, after: up, exactly: 5002, as: after-the-handshake}
  - chunks: {chunk: ABORT, from: client, exactly: 0, as: no-abort}
  - chunks: {chunk: SHUTDOWN, from: client, exactly: 1, as: closed}
";

fn check(lab: Lab) -> Result<(), String> {
    let (folder, path) = call(10_009)?;
    let scenario = folder.path().join("scenario.yaml");
    fs::write(&scenario, SCENARIO).map_err(|error| error.to_string())?;
    let mut command = lab.command();
    command.arg("check").arg("--scenario").arg(&scenario);
    command.arg("--pcap").arg(&path);
    command.args(["--node", CLIENT, "--node", SERVER]);
    let without = Answer::of(&mut command)?.exits(1)?;
    assert_text("check-capture", &without.out);
    command.args(["--moment", "up=0.0035", "--json"]);
    let with = Answer::of(&mut command)?.exits(1)?;
    let verdict: serde_json::Value =
        serde_json::from_str(&with.out).map_err(|error| error.to_string())?;
    assert_eq!(verdict["engine"], "capture");
    let results: Vec<_> = verdict["judgements"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|it| it["result"].as_str().unwrap_or_default())
        .collect();
    assert_eq!(
        results,
        [
            "not-shown",
            "passed",
            "passed",
            "passed",
            "passed",
            "passed",
            "failed"
        ]
    );
    Ok(())
}

fn wrong(lab: Lab) -> Result<(), String> {
    let (_folder, path) = call(10)?;
    let judged = |arguments: &[&str]| {
        let mut command = lab.command();
        command.current_dir(repository());
        command.args(["check", "--scenario", "handshake", "--pcap"]);
        Answer::of(command.arg(&path).args(arguments))?.exits(2)
    };
    let strangers = judged(&[])?;
    assert!(strangers.err.contains("but between 192.0.2.1, 192.0.2.2"));
    assert!(strangers.err.contains("--node NODE=ADDRESS"));
    let names = judged(&["--node", "cleint=192.0.2.1", "--moment", "upp=1"])?;
    assert!(names.err.contains("no node `cleint`, only client, server"));
    assert!(names.err.contains("no step `upp`, only connect"));
    let address = judged(&["--node", "client=192.0.2"])?;
    assert!(address.err.contains("`192.0.2` is no IP address"));
    Ok(())
}
