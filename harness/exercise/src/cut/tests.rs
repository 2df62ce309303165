//! Tests of questions made from a ladder.

use std::collections::BTreeMap;

use super::*;
use crate::sheet::Chunk;

const SCENARIO: &str = "\
title: A set-up
nodes: [client, server]
links:
  path-a: {client: 10.0.1.1/24, server: 10.0.1.2/24, delay: 10ms}
  path-b: {client: 10.0.2.1/24, server: 10.0.2.2/24, delay: 10ms}
endpoints:
  server: {node: server, listen: 5000}
  client: {node: client}
steps:
  - connect: {from: client, to: server, as: up}
  - wait: 1s
assert:
  - chunks: {chunk: INIT, exactly: 1, as: one}
sabotage:
  - title: it connects twice
    instead-of: wait
    steps:
      - close: client
    fails: one
exercises:
";

fn exercise(written: &str) -> Exercise {
    let source = format!("{SCENARIO}  - {written}\n");
    let scenario = scenario::parse("test", &source);
    let scenario = scenario.unwrap_or_else(|mistakes| panic!("{mistakes:#?}"));
    scenario.exercises[0].clone()
}

fn packet(at: u64, from: &str, chunks: &[&str], fields: &[(&str, &str)]) -> Line {
    let to = if from == "client" { "server" } else { "client" };
    let fields: BTreeMap<String, String> = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    Line {
        at,
        what: What::Packet(Packet {
            from: from.to_owned(),
            to: to.to_owned(),
            link: "path-a".to_owned(),
            label: chunks.join(" | "),
            lost: false,
            tag: "0x00000000".to_owned(),
            chunks: chunks
                .iter()
                .map(|name| Chunk {
                    name: (*name).to_owned(),
                    fields: fields.clone(),
                })
                .collect(),
        }),
    }
}

fn sheet() -> Sheet {
    Sheet {
        made: "a test".to_owned(),
        plain: vec![
            packet(
                0,
                "client",
                &["INIT"],
                &[("initiate-tag", "0x1"), ("outbound-streams", "6")],
            ),
            packet(
                10_000,
                "server",
                &["INIT ACK"],
                &[("outbound-streams", "5")],
            ),
            packet(20_000, "client", &["COOKIE ECHO", "DATA"], &[]),
            packet(30_000, "server", &["COOKIE ACK"], &[]),
        ],
        sabotaged: BTreeMap::from([(
            1,
            vec![
                packet(0, "client", &["INIT"], &[]),
                packet(10_000, "server", &["ABORT"], &[]),
            ],
        )]),
    }
}

const WHY: &str = "because: So it is., rfc: 9260#5.1";

#[test]
fn what_comes_next_is_what_the_run_shows() {
    let asked = exercise(&format!(
        "predict: {{chunk: COOKIE ECHO, from: client, {WHY}}}"
    ));
    let question = cut(&asked, &sheet(), 7).expect("it is there");
    assert!(question.is_right("cookie echo") && question.is_right("COOKIE-ECHO"));
    assert!(question.is_right("data"), "it shares the packet");
    let right = question.options.iter().position(|it| it == "COOKIE ECHO");
    let right = right.expect("it is offered");
    for (index, option) in question.options.iter().enumerate() {
        let answer = letter(index).to_string();
        assert_eq!(question.is_right(&answer), index == right, "{option}");
    }
    let shown = question.pictures[0].rows.join("\n");
    assert!(
        shown.contains("INIT ACK") && !shown.contains("COOKIE"),
        "{shown}"
    );
    assert!(question.rfc.starts_with("RFC 9260 section 5.1, "));
    for wrong in ["", " ", "cookie ack", "?"] {
        assert!(!question.is_right(wrong), "{wrong}");
    }
}

#[test]
fn what_is_sent_again_does_not_tell_its_path() {
    let asked = exercise(&format!(
        "predict: {{chunk: DATA, from: client, ask: path, {WHY}}}"
    ));
    let mut sheet = sheet();
    let mut again = packet(40_000, "client", &["DATA"], &[]);
    if let What::Packet(packet) = &mut again.what {
        packet.link = "path-b".to_owned();
        packet.label = "DATA tsn+0 again, on path-b | DATA tsn+1".to_owned();
        sheet.plain[2] = again;
    }
    let question = cut(&asked, &sheet, 0).expect("it is there");
    assert!(question.is_right("path-b") && !question.is_right("path-a"));
    let row = question.pictures[0].rows.last().expect("it is shown");
    assert_eq!(row, "client → server on ?  DATA tsn+0 again | DATA tsn+1");
}

#[test]
fn how_long_it_takes_may_be_a_little_off() {
    let asked = exercise(&format!(
        "predict: {{chunk: INIT ACK, from: server, ask: wait, {WHY}}}"
    ));
    let question = cut(&asked, &sheet(), 0).expect("it is there");
    for right in ["10", "10ms", "9.5 ms", "12"] {
        assert!(question.is_right(right), "{right}");
    }
    for wrong in ["20", "-10", "ten", "", "NaN", "inf"] {
        assert!(!question.is_right(wrong), "{wrong}");
    }
}

#[test]
fn a_blank_is_not_told_by_its_own_line() {
    let asked = exercise(&format!(
        "fill-in: {{chunk: INIT ACK, from: server, field: outbound-streams, show: [outbound-streams], {WHY}}}"
    ));
    let question = cut(&asked, &sheet(), 0).expect("it is there");
    assert!(question.is_right(" 5 ") && !question.is_right("6"));
    let rows = &question.pictures[0].rows;
    assert!(rows[0].ends_with("outbound-streams=6"), "{rows:?}");
    assert!(
        rows[1].ends_with("INIT ACK  outbound-streams=____"),
        "{rows:?}"
    );
}

#[test]
fn a_bit_may_be_said_in_a_word_or_a_digit() {
    let asked = exercise(&format!(
        "fill-in: {{chunk: DATA, from: client, field: u, {WHY}}}"
    ));
    for (value, right, wrong) in [("true", ["true", "1"], "0"), ("false", ["False", "0"], "1")] {
        let mut sheet = sheet();
        sheet.plain[2] = packet(20_000, "client", &["DATA"], &[("u", value)]);
        let question = cut(&asked, &sheet, 0).expect("it is there");
        assert_eq!(question.how, "true or false");
        assert!(right.iter().all(|it| question.is_right(it)), "{value}");
        assert!(!question.is_right(wrong), "{value}");
    }
}

#[test]
fn what_is_drawn_by_chance_must_stand_elsewhere() {
    let asked = |show: &str| {
        exercise(&format!(
            "fill-in: {{chunk: INIT, from: client, field: initiate-tag, {show}{WHY}}}"
        ))
    };
    let unknown = cut(&asked(""), &sheet(), 0);
    assert_eq!(
        unknown,
        Err(CutError::Unknowable("initiate-tag".to_owned()))
    );
    let mut told = sheet();
    told.plain.insert(
        0,
        packet(0, "server", &["INIT"], &[("initiate-tag", "0x1")]),
    );
    assert!(cut(&asked("show: [initiate-tag], "), &told, 0).is_ok());
}

#[test]
fn any_order_that_looks_right_is_right() {
    let asked = exercise(&format!(
        "order: {{chunk: INIT, from: client, packets: 4, {WHY}}}"
    ));
    let mut twice = sheet();
    twice.plain[3] = twice.plain[1].clone();
    for (sheet, ways) in [(sheet(), 1), (twice, 2)] {
        for seed in 0..20 {
            let question = cut(&asked, &sheet, seed).expect("it is there");
            assert_eq!(question.accepted.len(), ways);
            let answer = question.answer.replace(' ', ", ").to_uppercase();
            assert!(question.is_right(&answer), "{answer}");
            assert!(!question.is_right("a b c d"), "it is shuffled");
        }
    }
}

#[test]
fn a_fault_is_where_the_ladders_part() {
    let which = exercise(&format!("find-the-fault: {{sabotage: 1, {WHY}}}"));
    for seed in 0..20 {
        let question = cut(&which, &sheet(), seed).expect("it is there");
        let has_fault = |index: usize| question.pictures[index].rows.join(" ").contains("ABORT");
        assert_eq!(question.is_right("a"), has_fault(0));
        assert_eq!(question.is_right("b"), has_fault(1));
    }
    let line = exercise(&format!(
        "find-the-fault: {{sabotage: 1, ask: line, {WHY}}}"
    ));
    let question = cut(&line, &sheet(), 0).expect("it is there");
    assert!(question.is_right("2") && !question.is_right("1"));
    let alike = Sheet {
        sabotaged: BTreeMap::from([(1, sheet().plain)]),
        ..sheet()
    };
    assert_eq!(cut(&line, &alike, 0), Err(CutError::Alike(1)));
    let none = Sheet {
        sabotaged: BTreeMap::new(),
        ..sheet()
    };
    assert_eq!(cut(&line, &none, 0), Err(CutError::NotSabotaged(1)));
}

#[test]
fn a_run_that_shows_something_else_does_not_agree() {
    let asked = [
        "predict: {chunk: COOKIE ECHO, from: client",
        "predict: {chunk: INIT ACK, from: server, ask: wait",
        "fill-in: {chunk: INIT ACK, from: server, field: outbound-streams",
        "order: {chunk: INIT, from: client, packets: 4",
        "find-the-fault: {sabotage: 1, ask: line",
    ];
    let mut other = sheet();
    other.plain.swap(1, 2);
    other.sabotaged = BTreeMap::from([(1, vec![packet(0, "server", &["ABORT"], &[])])]);
    other.plain[1] = packet(20_000, "client", &["ABORT"], &[]);
    other.plain[2] = packet(
        90_000,
        "server",
        &["INIT ACK"],
        &[("outbound-streams", "6")],
    );
    for asked in asked {
        let asked = exercise(&format!("{asked}, {WHY}}}"));
        assert_eq!(agree(&asked, &sheet(), &sheet()), Ok(()));
        assert!(agree(&asked, &sheet(), &other).is_err(), "{asked:?}");
    }
}

#[test]
fn lines_that_no_exercise_needs_can_be_left_out() {
    let asked = [
        exercise(&format!(
            "predict: {{chunk: INIT ACK, from: server, {WHY}}}"
        )),
        exercise(&format!("find-the-fault: {{sabotage: 1, {WHY}}}")),
    ];
    let mut whole = sheet();
    let more = || (0..40).map(|at| packet(at, "client", &["DATA"], &[]));
    whole.plain.extend(more());
    let wrong = whole.sabotaged.entry(1).or_default();
    wrong.extend(more());
    for asked in [&asked[..1], &asked[1..], &asked[..]] {
        let needed = whole.clone().needed_by(asked);
        assert!(needed.plain.len() < whole.plain.len());
        for seed in 0..4 {
            for exercise in asked {
                assert_eq!(cut(exercise, &needed, seed), cut(exercise, &whole, seed));
            }
        }
    }
    // The packet itself is the last that is needed to predict it.
    assert_eq!(whole.clone().needed_by(&asked[..1]).plain.len(), 2);
    // A fault shows ten lines behind the first that differs, which is the second.
    let needed = whole.needed_by(&asked[1..]);
    assert_eq!((needed.plain.len(), needed.sabotaged[&1].len()), (11, 11));
}
