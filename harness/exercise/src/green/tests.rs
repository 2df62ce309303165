//! Tests of the learner's file and its check.

use super::*;

const TEXT: &str = "\
title: A message
lesson: |
  steps: these are words.
nodes: [client, server]
links:
  path-a: {client: 10.0.1.1/24, server: 10.0.1.2/24, delay: 10ms}
endpoints:
  server: {node: server, listen: 5000}
  client: {node: client}
steps:
  - connect: {from: client, to: server}
  # It is sent.
  - say: |
      - a dash in words
    send: {from: client, to: server, size: 100, as: message}
  - expect: {at: server, message-from: client, within: 1s, as: there}
assert:
  - chunks: {chunk: DATA, from: client, exactly: 1, as: one}
sabotage:
  - title: it is too long
    instead-of: message
    steps:
      - send: {from: client, to: server, size: 4000, as: message}
    fails: one
  - title: the link is cut
    before: message
    steps:
      - cut: {link: path-a}
    fails: there
exercises:
  - make-it-green: {sabotage: 1, because: So it is., rfc: 9260#6.9}
";

fn parsed(name: &str, text: &str) -> Scenario {
    let scenario = scenario::parse(name, text);
    scenario.unwrap_or_else(|mistakes| panic!("{mistakes:#?}\n{text}"))
}

#[test]
fn the_file_is_the_scenario_as_the_sabotage_leaves_it() {
    let whole = parsed("test", TEXT);
    for number in [1, 2] {
        let task = task(&whole, TEXT, number).expect("it is in the style");
        let given = parsed("test", &task);
        let wanted = whole.sabotaged(&whole.sabotages[number - 1]);
        let actions = |of: &Scenario| -> Vec<Action> {
            of.steps.iter().map(|step| expected(&step.action)).collect()
        };
        assert_eq!(actions(&given), actions(&wanted), "{task}");
        assert!(
            task.contains("# ____") && !task.contains("sabotage:"),
            "{task}"
        );
        assert!(
            !task.contains("lesson:") && !task.contains("these are words"),
            "{task}"
        );
        assert_eq!(changed(&given, &whole), [""; 0]);
    }
    assert_eq!(task(&whole, TEXT, 0), None);
    assert_eq!(task(&whole, TEXT, 3), None);
}

#[test]
fn whoever_deletes_an_assertion_gains_nothing() {
    let whole = parsed("test", TEXT);
    let task = task(&whole, TEXT, 1).expect("it is in the style");
    let without: String = task
        .lines()
        .filter(|line| !line.contains("exactly: 1") && *line != "assert:")
        .map(|line| format!("{line}\n"))
        .collect();
    let checked = parsed("test", &check(&without, TEXT));
    assert_eq!(checked.assertions.len(), 1);
    assert_eq!(checked.sabotages.len(), 2);
    assert!(checked.exercises.is_empty());
}

#[test]
fn what_is_given_must_stay() {
    let whole = parsed("test", TEXT);
    for (from, to, what) in [
        ("delay: 10ms", "delay: 20ms", "links"),
        ("listen: 5000", "listen: 5001", "endpoints"),
        ("within: 1s, as: there", "within: 9s, as: there", "there"),
    ] {
        let theirs = parsed("test", &TEXT.replace(from, to));
        let changed = changed(&theirs, &whole);
        assert_eq!(changed.len(), 1, "{changed:?}");
        assert!(changed[0].contains(what), "{changed:?}");
    }
}

#[test]
fn any_text_is_taken_apart_without_a_panic() {
    let whole = parsed("test", TEXT);
    for end in (0..TEXT.len()).filter(|it| TEXT.is_char_boundary(*it)) {
        let _ = task(&whole, &TEXT[..end], 1);
        let _ = check(&TEXT[..end], TEXT);
        let _ = check(&TEXT[end..], &TEXT[..end]);
    }
}
