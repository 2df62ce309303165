//! Tests of a lesson beside its ladder.

use super::*;
use crate::fixture::Story;

const SCENARIO: &str = r#"
title: A cable is cut
rfc: [9260#8.2, "4895"]
lesson: |
  Both hosts have two
  addresses.

  Look for the broken arrow.
nodes: [client, server]
links:
  path-a: {client: 10.0.1.1/24, server: 10.0.1.2/24}
endpoints:
  server: {node: server, listen: 5000, subscribe: all}
  client: {node: client, subscribe: all}
steps:
  - connect: {from: client, to: server}
  - say: |
      The switch dies, and nobody
      is told.

      The data must find out.
    cut: {link: path-a}
assert:
  - chunks: {chunk: INIT, exactly: 1}
"#;

#[test]
fn the_lesson_stands_beside_the_ladder() {
    let scenario = scenario::parse("test", SCENARIO).expect("it is right");
    let mut story = Story::new();
    story.step(0, "connect");
    story.step(1_000_000, "cut");
    let judged = Verdict {
        judgements: vec![],
        skipped: None,
    };
    let text = explain(&scenario, &story.0, &judged, &LadderOptions::default());
    let rules: Vec<&str> = text
        .lines()
        .map(|line| line.trim_end_matches('─'))
        .collect();
    assert_eq!(
        rules,
        [
            "A cable is cut",
            "",
            "  RFC 9260 section 8.2, Path Failure Detection",
            "    https://www.rfc-editor.org/rfc/rfc9260#section-8.2",
            "  RFC 4895",
            "    https://www.rfc-editor.org/rfc/rfc4895",
            "",
            "Both hosts have two addresses.",
            "",
            "Look for the broken arrow.",
            "",
            "     time  client                                                                             server",
            "    0.000  ── connect ",
            "",
            "           The switch dies, and nobody is told.",
            "",
            "           The data must find out.",
            "",
            "    1.000  ── cut ",
            "",
            "passed: 0 of 0",
        ]
    );
}

#[test]
fn what_linux_does_otherwise_stands_behind_the_lesson() {
    let source = SCENARIO.replace("nodes:", "deviates: rto-initial\nnodes:");
    let scenario = scenario::parse("test", &source).expect("it is right");
    let story = Story::new();
    let judged = Verdict {
        judgements: vec![],
        skipped: None,
    };
    let text = explain(&scenario, &story.0, &judged, &LadderOptions::default());
    let lesson = text.find("broken arrow").expect("the lesson is there");
    let rfc = text.find("RFC 9260 section 16: RTO.Initial is 1 s.");
    let linux = text.find("Linux: RTO.Initial is 3 s");
    assert!(rfc > Some(lesson) && linux > rfc, "{text}");
}

#[test]
fn a_lesson_of_the_course_says_where_it_stands_and_what_comes_next() {
    let judged = Verdict {
        judgements: vec![],
        skipped: None,
    };
    let told = |name: &str| {
        let scenario = scenario::parse(name, SCENARIO).expect("it is right");
        let story = Story::new();
        explain(&scenario, &story.0, &judged, &LadderOptions::default())
    };
    let first = course::UNITS[0].lessons;
    let text = told(first[0]);
    assert!(text.contains("lesson 1 of 5 in unit 1"), "{text}");
    assert!(
        text.ends_with(&format!("Next: sctp-lab explain {}\n", first[1])),
        "{text}"
    );
    let own = told("my-own");
    assert!(!own.contains("unit") && !own.contains("Next:"), "{own}");
}
