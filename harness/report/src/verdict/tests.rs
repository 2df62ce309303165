//! Tests of printed verdicts.

use super::*;
use crate::fixture::{Story, ToServer, ticker};

fn judgement(name: &str, result: Result, wanted: &str, seen: &str) -> Judgement {
    Judgement {
        name: name.into(),
        line: 38,
        result,
        wanted: wanted.into(),
        seen: seen.into(),
        numbers: vec![],
        rules: vec![],
        cause: None,
        packets: vec![],
    }
}

fn options() -> LadderOptions {
    LadderOptions {
        width: 80,
        ..LadderOptions::default()
    }
}

#[test]
fn a_failure_says_why_and_shows_the_packets_around() {
    let mut story = Story::connected();
    story.exchange(500_000, 'a', 1);
    story.lost(
        1_000_000,
        ToServer('a'),
        ticker(2),
        Some("dropped by `cut`"),
    );
    let last = story.0.packets.len() - 1;
    let judged = Verdict {
        judgements: vec![
            judgement(
                "comm-up",
                Result::Passed,
                "SCTP_COMM_UP at client within 1 s",
                "after 0.0 s; at most 1.0 s",
            ),
            Judgement {
                cause: Some("path-b was never confirmed".into()),
                packets: vec![last - 1, last],
                ..judgement(
                    "noticed",
                    Result::Failed,
                    "SCTP_ADDR_UNREACHABLE 10.0.1.2 at client within the failover bound",
                    "after 70.0 s from the first lost packet; bound 63.0–66.3 s = RTO 1+2+4+8+16+32",
                )
            },
            judgement(
                "healed",
                Result::NotReached,
                "AVAILABLE",
                "the run ended before it",
            ),
        ],
        skipped: None,
    };
    insta::assert_snapshot!(verdict(&judged, &story.0, &options()), @r"
    ✓ comm-up  SCTP_COMM_UP at client within 1 s
               after 0.0 s; at most 1.0 s
    ✗ noticed  SCTP_ADDR_UNREACHABLE 10.0.1.2 at client within the failover bound
               after 70.0 s from the first lost packet; bound 63.0–66.3 s = RTO
               1+2+4+8+16+32
               likely cause: path-b was never confirmed
               line 38 of the scenario
         time  client                                                         server
        0.510  │◀ path-a ─ SACK cum+0 ─────────────────────────────────────────────│
        1.000  │─ path-a ─ DATA tsn+1 ticker 2 ──✗ dropped by `cut`                │
    – healed   AVAILABLE
               the run ended before it
    failed: 1 of 3, 1 not reached
    ");
}

#[test]
fn when_all_is_well_one_line_says_so() {
    let judged = Verdict {
        judgements: vec![judgement("lost", Result::Passed, "lost: 0", "0 of 20")],
        skipped: None,
    };
    let printed = verdict(&judged, &Story::connected().0, &options());
    assert!(printed.ends_with("passed: 1 of 1\n"), "{printed}");
}

#[test]
fn what_was_skipped_says_why() {
    let judged = Verdict {
        judgements: Vec::new(),
        skipped: Some(oracle::Skip {
            capability: "interleaving".into(),
            saw: "this kernel has no setting net.sctp.intl_enable".into(),
        }),
    };
    assert_eq!(
        verdict(&judged, &Story::connected().0, &options()),
        "skipped: it needs interleaving, and this kernel has no setting net.sctp.intl_enable\n"
    );
}

#[test]
fn hostile_text_stays_text() {
    let judged = Verdict {
        judgements: vec![judgement("a\x1b[2J", Result::Failed, "b\r", "c\u{202e}")],
        skipped: None,
    };
    let printed = verdict(&judged, &Story::connected().0, &options());
    assert!(printed.lines().all(|line| !line.contains(char::is_control)));
}

#[test]
fn the_rules_of_a_bound_are_told_where_it_failed_or_everything_is() {
    let story = Story::connected();
    let judged = |result| Verdict {
        judgements: vec![Judgement {
            rules: vec![bounds::Citation::BACK_OFF, bounds::Citation::PATH_LIMIT],
            ..judgement("noticed", result, "UNREACHABLE", "after 70.0 s")
        }],
        skipped: None,
    };
    let told = |result, full| {
        let options = LadderOptions {
            width: 200,
            full,
            ..LadderOptions::default()
        };
        let words = verdict(&judged(result), &story.0, &options);
        words.contains(
            "rules: back-off of T3-rtx (RFC 9260 section 6.3.3), \
             limit of a path (RFC 9260 section 8.2)",
        )
    };
    assert!(told(Result::Failed, false));
    assert!(!told(Result::Passed, false));
    assert!(told(Result::Passed, true));
}
