//! The scenarios that come with the lab are good ones.

use std::path::{Path, PathBuf};

use scenario::{Action, FileError, Scenario, parse_file, render};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(name)
}

fn load(path: &Path) -> Scenario {
    match parse_file(path) {
        Ok((scenario, _)) => scenario,
        Err(FileError::Wrong {
            path,
            source_text,
            diagnostics,
        }) => panic!("{}", render(&diagnostics, &path, &source_text, false)),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn every_scenario_of_the_lab_is_right() {
    let files: Vec<PathBuf> = std::fs::read_dir(folder("scenarios"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .collect();
    assert!(!files.is_empty());
    for file in files {
        let scenario = load(&file);
        assert!(!scenario.steps.is_empty(), "{}", scenario.name);
    }
}

#[test]
fn the_failover_reads_as_it_is_written() {
    let scenario = load(&folder("scenarios/multihoming-failover.yaml"));
    assert_eq!(scenario.name, "multihoming-failover");
    assert!(matches!(scenario.steps[0].action, Action::Connect(_)));
}

#[test]
fn the_page_on_the_language_shows_a_good_one() {
    let page = std::fs::read_to_string(folder("docs/scenario-language.md")).unwrap();
    let (_, behind) = page.split_once("```yaml\n").unwrap();
    let (source, _) = behind.split_once("```").unwrap();
    let scenario = scenario::parse("shown", source);
    let wrong = scenario.map_err(|found| render(&found, "shown", source, false));
    assert!(wrong.is_ok(), "{}", wrong.unwrap_err());
}

#[test]
fn a_replaced_step_hands_its_expectations_on() {
    let scenario = load(&folder("scenarios/multihoming-failover.yaml"));
    let nothing_is_cut = &scenario.sabotages[1];
    let changed = scenario.sabotaged(nothing_is_cut);
    assert_eq!(changed.steps.len(), scenario.steps.len() - 1);
    let since = |scenario: &Scenario| {
        let named = |step: &&scenario::Step| step.name.as_str() == "noticed";
        match &scenario.steps.iter().find(named).unwrap().action {
            Action::Expect(expect) => expect.since.clone().unwrap(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(since(&scenario).as_str(), "cut");
    assert_eq!(since(&changed).as_str(), "ticker");
}

#[test]
fn the_page_on_scripted_peers_shows_good_ones() {
    let page = std::fs::read_to_string(folder("docs/scripted-peer.md")).unwrap();
    let mut blocks = page.split("```yaml\n").skip(1);
    let whole = blocks.by_ref().filter_map(|block| {
        let (source, _) = block.split_once("```")?;
        source.starts_with("title:").then_some(source)
    });
    let whole: Vec<&str> = whole.collect();
    assert_eq!(whole.len(), 2);
    for source in whole {
        let scenario = scenario::parse("shown", source);
        let wrong = scenario.map_err(|found| render(&found, "shown", source, false));
        assert!(wrong.is_ok(), "{}", wrong.unwrap_err());
    }
}

#[test]
fn every_case_of_conformance_is_right() {
    let entries = std::fs::read_dir(folder("conformance")).unwrap();
    let mut count = 0;
    for entry in entries {
        let scenario = load(&entry.unwrap().path());
        assert!(scenario.title.len() > 10, "{}", scenario.name);
        count += 1;
    }
    assert!(count >= 401, "{count}");
}

#[test]
fn every_scenario_with_a_program_is_right() {
    let mut count = 0;
    for entry in std::fs::read_dir(folder("programs")).unwrap() {
        let scenario = load(&entry.unwrap().path());
        assert!(!scenario.programs.is_empty(), "{}", scenario.name);
        assert!(!scenario.sabotages.is_empty(), "{}", scenario.name);
        count += 1;
    }
    assert!(count >= 3, "{count}");
}

#[test]
fn the_page_on_programs_shows_a_good_one() {
    let page = std::fs::read_to_string(folder("docs/programs.md")).unwrap();
    let (_, behind) = page.split_once("```yaml\n").unwrap();
    let (source, _) = behind.split_once("```").unwrap();
    let scenario = scenario::parse("shown", source);
    let wrong = scenario.map_err(|found| render(&found, "shown", source, false));
    assert!(wrong.is_ok(), "{}", wrong.unwrap_err());
}

#[test]
fn what_an_assertion_looks_at_must_be_told_by_the_kernel() {
    let needs = |name: &str| load(&folder(&format!("scenarios/{name}.yaml"))).needs;
    // `window-after-timeout` looks at `ssthresh`, and `slow-start` at `cwnd`, which every
    // socket tells.
    let details = vec![scenario::Capability::AssociationDetails];
    assert_eq!(needs("window-after-timeout"), details);
    assert_eq!(needs("slow-start"), []);
}

/// Expectations that only look as if they could never come true.
#[test]
fn what_may_come_is_let_through() {
    const BEFORE: &str = "\
title: It may come
nodes: [client, server]
links:
  path-a: {client: 10.0.1.1/24, server: 10.0.1.2/24}
  path-b: {client: 10.0.2.1/24, server: 10.0.2.2/24}
endpoints:
  server: {node: server, listen: 5000}
  client: {node: client, subscribe: [assoc-change, peer-addr-change]TIMERS}
steps:
  - connect: {from: client, to: server}
  - expect: {at: client, notification: assoc-change, state: comm-up, within: 1s}
";
    const UNREACHABLE: &str = "  - expect: {at: client, notification: peer-addr-change, \
                               address: 10.0.1.2, state: unreachable, within: failover-bound}\n";
    const ENDED: &str = "  - expect: {at: client, notification: assoc-change, \
                         state: shutdown-comp, within: shutdown-bound}\n";
    const TRAFFIC: &str = "  - traffic: {from: client, to: server, every: 1s, size: 100}\n";
    let rule = |chunk: &str| format!("  - rule: {{chunk: {chunk}, on: path-a, do: drop}}\n");
    let no_state = ", timers: {potentially-failed: 5}";
    let one_error = ", timers: {path-max-retrans: 1}";
    let cases = [
        ("HEARTBEATs are taken", "", rule("HEARTBEAT") + UNREACHABLE),
        ("a second rule takes the answers", "", {
            TRAFFIC.to_owned() + &rule("DATA") + &rule("HEARTBEAT ACK") + UNREACHABLE
        }),
        ("no error makes it potentially failed", no_state, {
            TRAFFIC.to_owned() + &rule("DATA") + UNREACHABLE
        }),
        ("two errors are enough", one_error, {
            TRAFFIC.to_owned() + &rule("DATA") + UNREACHABLE
        }),
        ("data has nowhere else to go", "", {
            let elsewhere = "  - cut: {link: path-b}\n";
            TRAFFIC.to_owned() + &rule("DATA") + elsewhere + UNREACHABLE
        }),
        ("the peer ends it", "", {
            "  - close: {endpoint: server}\n".to_owned() + ENDED
        }),
        ("a message ends it", "", {
            "  - send: {from: client, to: server, size: 9, end: eof}\n".to_owned() + ENDED
        }),
        ("a path is whole again", "", {
            let steps = "  - cut: {link: path-a}\n  - cut: {link: path-b}\n  \
                         - send: {from: client, to: server, size: 9}\n  \
                         - close: {endpoint: client, to: server}\n  \
                         - restore: {link: path-b}\n";
            steps.to_owned() + ENDED
        }),
        ("it was sent before the cut", "", {
            let steps = "  - send: {from: client, to: server, size: 9}\n  - wait: 1s\n  \
                         - cut: {link: path-a}\n  \
                         - close: {endpoint: client, to: server}\n";
            steps.to_owned() + ENDED
        }),
    ];
    for (why, timers, steps) in cases {
        let source = BEFORE.replace("TIMERS", timers) + &steps;
        let scenario = scenario::parse("may-come", &source);
        let wrong = scenario.map_err(|found| render(&found, "may-come", &source, false));
        assert!(wrong.is_ok(), "{why}: {}", wrong.unwrap_err());
    }
}
