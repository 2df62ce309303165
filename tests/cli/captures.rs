//! Tests verbs on captures that the lab did not make.

use std::fs;
use std::path::{Path, PathBuf};

use pcapng::{CapturedPacket, Interface, Section, Writer};
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
    ("two-captures-of-one-call-stand-side-by-side", side_by_side),
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
    // With `--full` nothing is folded: each packet has a line.
    let mut command = lab.command();
    command.arg("show").arg(&path).arg("--full");
    let full = Answer::of(&mut command)?.exits(0)?;
    assert!(full.out.lines().count() > 10_010);
    Ok(())
}

/// The frame number and the time, by which another program finds a packet again.
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
    // The clock of a run is no time of day.
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
    // The same capture given twice counts once, and the page says so.
    let mut command = lab.command();
    let twice = Answer::of(command.arg("diagnose").arg(&path).arg(&path))?;
    let once = Answer::of(lab.command().arg("diagnose").arg(&path))?;
    let page = |answer: &Answer| {
        let out = answer.out.split("proof").next();
        out.unwrap_or_default().to_owned()
    };
    let copies = "1000 packets were captured before, at another interface or another host, and \
                  count once\n";
    assert!(twice.out.contains(copies), "{twice:#?}");
    assert_eq!(page(&twice).replacen(copies, "", 1), page(&once));
    let answer = Answer::of(lab.command().args(["diagnose", "/no/such.pcap"]))?.exits(2)?;
    assert!(answer.err.contains("No such file"), "{answer:#?}");
    Ok(())
}

fn follow(lab: Lab) -> Result<(), String> {
    let (_folder, path) = call(1_000)?;
    // The command ends with its standard input, and has printed the same page or the same
    // lines.
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
    // A picture has no limit of its length.
    let all = picture(&["--svg"])?.exits(0)?;
    assert!(all.out.ends_with("</svg>\n") && all.out.contains("HEARTBEAT"));
    let flow = picture(&["--flow"])?.exits(2)?;
    assert!(flow.err.contains("a capture has no steps"), "{flow:#?}");
    Ok(())
}

/// The time that a packet takes from one host to the other, in nanoseconds.
const WAY: u64 = 300_000;

/// The lead of the server's clock, an hour, in nanoseconds.
const AHEAD: u64 = 3_600_000_000_000;

/// The call as it was captured at the client, and at the server. The third packet from
/// the client is lost between them.
fn at_both_hosts(folder: &TempDir, call: &Path) -> Result<[PathBuf; 2], String> {
    let failed = |error: &dyn std::fmt::Display| error.to_string();
    let file = fs::File::open(call).map_err(|error| failed(&error))?;
    let packets = pcapng::Reader::new(file).map_err(|error| failed(&error))?;
    let packets: Vec<CapturedPacket> = packets
        .collect::<Result<_, _>>()
        .map_err(|error| failed(&error))?;
    // The last byte of the source address in IPv4 behind Ethernet.
    let is_of_client = |packet: &CapturedPacket| packet.bytes.get(29) == Some(&1);
    let lost = packets.iter().filter(|it| is_of_client(it)).nth(2).cloned();
    let at = |name: &str, is_server: bool| -> Result<PathBuf, String> {
        let mut seen = Vec::new();
        for packet in packets
            .iter()
            .filter(|it| !is_server || Some(*it) != lost.as_ref())
        {
            let mut packet = packet.clone();
            let arrives = is_of_client(&packet) == is_server;
            packet.time_ns += if arrives { WAY } else { 0 };
            packet.time_ns += if is_server { AHEAD } else { 0 };
            seen.push(packet);
        }
        seen.sort_by_key(|it| it.time_ns);
        let path = folder.path().join(name);
        let mut writer =
            Writer::new(Vec::new(), &Section::default()).map_err(|error| failed(&error))?;
        let interface = Interface::ethernet("eth0");
        writer
            .add_interface(&interface)
            .map_err(|error| failed(&error))?;
        for packet in &seen {
            writer
                .write_packet(packet)
                .map_err(|error| failed(&error))?;
        }
        let bytes = writer.finish().map_err(|error| failed(&error))?;
        fs::write(&path, bytes).map_err(|error| failed(&error))?;
        Ok(path)
    };
    Ok([at("client.pcapng", false)?, at("server.pcapng", true)?])
}

fn side_by_side(lab: Lab) -> Result<(), String> {
    let (folder, path) = call(1_000)?;
    let [client, server] = at_both_hosts(&folder, &path)?;
    let both = |verb: &str, more: &[&str]| {
        let mut command = lab.command();
        command.arg(verb).arg(&client).arg(&server).args(more);
        Answer::of(&mut command)
    };
    let ladder = both("show", &[])?.exits(0)?;
    for words in [
        "side by side: 1 is at 192.0.2.1, 2 at 192.0.2.2; times are those of 1\n",
        "the clock of 2 is 3600.000000 s ahead: the error is at most 0.300 ms",
        "1:5      0.004  │─ path-1 ─ DATA tsn+0 100 B ──? lost on the link",
    ] {
        assert!(ladder.out.contains(words), "{words}: {}", ladder.out);
    }
    assert_eq!(ladder.out.matches("lost on the link").count(), 1);
    let json = both("show", &["--json", "--full"])?.exits(0)?;
    let lines = json.out.lines().map(serde_json::from_str);
    let lines: Vec<serde_json::Value> = lines
        .collect::<Result<_, _>>()
        .map_err(|error| error.to_string())?;
    assert_eq!(lines.len(), 1_000);
    assert_eq!(
        (&lines[0]["file"], &lines[1]["file"]),
        (&0.into(), &1.into())
    );
    let took = lines.iter().filter_map(|it| {
        let arrived = it["arrived-ns"].as_u64()?;
        Some(arrived - it["at-ns"].as_u64()?)
    });
    assert_eq!(took.filter(|it| it.abs_diff(WAY) <= 1).count(), 999);
    let page = folder.path().join("page.html");
    let page = page.to_string_lossy();
    let told = both("report", &["--json", "-o", &page])?.exits(0)?;
    let told: serde_json::Value =
        serde_json::from_str(&told.out).map_err(|error| error.to_string())?;
    let captures = told["captures"].as_array().ok_or("a list")?;
    assert_eq!(captures.len(), 3, "both, and each");
    let ways = captures[0]["ways"].as_array().ok_or("a list")?;
    let lost: Vec<u64> = ways.iter().filter_map(|it| it["lost"].as_u64()).collect();
    assert_eq!(lost.iter().sum::<u64>(), 1, "{ways:?}");
    // The same capture twice is no second host: each packet comes once.
    let mut command = lab.command();
    let same = Answer::of(command.arg("show").arg(&client).arg(&client))?.exits(0)?;
    assert!(
        same.out
            .contains("a packet in several captures is shown once"),
        "{}",
        same.out
    );
    assert!(!same.out.contains("lost on the link"));
    // The diagnosis of both captures finds the one association.
    let found = both("diagnose", &[])?;
    assert!(found.out.starts_with("1 association in "), "{}", found.out);
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
