//! Tests of the comparison of two recordings.

use super::*;
use crate::fixture::Story;
use oracle::Judgement;
use recording::{Event, Fields, Value};

fn story(outbound: i64, base: i64) -> Story {
    let mut story = Story::connected();
    let fields = [
        ("sac_state", Value::Text("SCTP_COMM_UP".into())),
        ("sac_outbound_streams", Value::Number(outbound)),
        ("sac_assoc_id", Value::Number(base)),
    ];
    story.event(
        32_000,
        Event::Notification {
            endpoint: "client".into(),
            association: Some(format!("client-server#{base}").into()),
            name: "SCTP_ASSOC_CHANGE".into(),
            fields: Fields(fields.map(|(name, value)| (name.to_owned(), value)).into()),
        },
    );
    story
}

fn call(result: Result<&str, &str>) -> Event {
    Event::Call {
        endpoint: "client".into(),
        call: "sctp_connectx".into(),
        arguments: "10.0.1.2:5000".into(),
        result: result.map(str::to_owned).map_err(str::to_owned),
    }
}

fn verdict(result: oracle::Result, seen: &str) -> Verdict {
    Verdict {
        judgements: vec![Judgement {
            name: "noticed".into(),
            line: 1,
            result,
            wanted: "unreachable".into(),
            seen: seen.into(),
            numbers: vec![],
            rules: vec![],
            cause: None,
            packets: vec![],
        }],
        skipped: None,
    }
}

type Result<T, E> = std::result::Result<T, E>;

fn compared(first: (&Story, &Verdict), second: (&Story, &Verdict)) -> Diff {
    let side = |(story, verdict): (&'_ Story, &'_ Verdict)| -> (Recording, Verdict) {
        (story.0.clone(), verdict.clone())
    };
    let (first, second) = (side(first), side(second));
    diff(
        Side {
            recording: &first.0,
            verdict: &first.1,
        },
        Side {
            recording: &second.0,
            verdict: &second.1,
        },
    )
}

#[test]
fn times_and_numbers_of_associations_are_no_difference() {
    let one = verdict(oracle::Result::Passed, "after 46.6 s");
    let other = verdict(oracle::Result::Passed, "after 51.2 s");
    let found = compared((&story(10, 5), &one), (&story(10, 7), &other));
    assert!(found.is_empty(), "{found:#?}");
    assert!(found.sections.iter().any(|section| section.alike > 0));
}

#[test]
fn of_a_message_its_attributes_are_compared_and_not_its_tsn() {
    let received = |tsn: u32, ppid: i64| {
        let ancillary = [("rcv_tsn", tsn.into()), ("rcv_ppid", ppid)];
        let ancillary = ancillary.map(|(name, value)| (name.to_owned(), Value::Number(value)));
        let mut story = story(10, 5);
        story.event(
            33_000,
            Event::Received {
                endpoint: "server".into(),
                message: None,
                association: Some(format!("client-server#{tsn}").into()),
                from: None,
                stream: 3,
                ssn: 0,
                ppid: 8,
                tsn,
                size: 100,
                differs_at: None,
                ancillary: Fields(ancillary.into()),
            },
        );
        story
    };
    let passed = verdict(oracle::Result::Passed, "");
    let found = compared((&received(7, 8), &passed), (&received(9, 8), &passed));
    assert!(found.is_empty(), "{found:#?}");
    let found = compared((&received(7, 8), &passed), (&received(7, 46), &passed));
    assert!(format!("{found:?}").contains("rcv_ppid"), "{found:#?}");
    assert!(!found.is_empty());
}

#[test]
fn a_field_a_call_and_a_packet_that_differ_are_named() {
    let passed = verdict(oracle::Result::Passed, "after 46.6 s");
    let (mut one, mut other) = (story(10, 5), story(8, 5));
    one.event(50_000, call(Ok("")));
    other.event(50_000, call(Err("ECONNREFUSED")));
    let found = compared((&one, &passed), (&other, &passed));
    let named: Vec<(&str, Option<&str>)> = found
        .sections
        .iter()
        .flat_map(|section| &section.differences)
        .map(|it| (it.what.as_str(), it.field.as_deref()))
        .collect();
    assert_eq!(
        named,
        [
            (
                "client: SCTP_ASSOC_CHANGE SCTP_COMM_UP",
                Some("sac_outbound_streams")
            ),
            ("client: sctp_connectx(10.0.1.2:5000)", Some("result")),
        ]
    );
    let text = print(&found, ["here", "there"], false);
    assert!(
        text.contains("- sac_outbound_streams: 10\n  + sac_outbound_streams: 8\n"),
        "{text}"
    );
    assert!(text.contains("+ result: ECONNREFUSED"), "{text}");
    assert!(text.ends_with("the recordings differ\n"), "{text}");
}

#[test]
fn a_notification_that_one_side_lacks_and_another_verdict_are_differences() {
    let (one, mut other) = (story(10, 5), story(10, 5));
    other.notified(60_000, "server", "SCTP_SHUTDOWN_EVENT");
    let found = compared(
        (&one, &verdict(oracle::Result::Passed, "seen")),
        (&other, &verdict(oracle::Result::Failed, "not seen")),
    );
    let notifications = found.sections.iter();
    let lacking: Vec<&Difference> = notifications
        .filter(|section| section.name.starts_with("notifications"))
        .flat_map(|section| &section.differences)
        .collect();
    assert_eq!(lacking.len(), 1);
    assert_eq!(lacking[0].first, None);
    assert_eq!(
        lacking[0].second.as_deref(),
        Some("server: SCTP_SHUTDOWN_EVENT")
    );
    assert!(!found.timings[0].agrees());
}

#[test]
fn the_kernels_number_of_an_association_is_none() {
    let peeled = |number: u32| {
        let mut story = story(10, 5);
        let arguments = format!("association {number}");
        let event = Event::Call {
            endpoint: "server".into(),
            call: "sctp_peeloff".into(),
            arguments,
            result: Ok(String::new()),
        };
        story.event(50_000, event);
        story
    };
    let passed = verdict(oracle::Result::Passed, "");
    let found = compared((&peeled(5), &passed), (&peeled(7), &passed));
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn what_also_differs_between_runs_of_one_kernel_is_left_out() {
    let passed = verdict(oracle::Result::Passed, "seen");
    let failed = verdict(oracle::Result::Failed, "not seen");
    let (one, mut other) = (story(10, 5), story(8, 5));
    other.notified(60_000, "server", "SCTP_SHUTDOWN_EVENT");
    let of_kernels = compared((&one, &passed), (&other, &failed));
    assert_eq!(of_kernels.count(), 4);
    // From seed to seed the streams differ, and so does the verdict.
    let of_seeds = compared((&story(10, 5), &passed), (&story(9, 5), &failed));
    let beyond = of_kernels.beyond(&[of_seeds]);
    assert_eq!(beyond.count(), 2);
    let text = print_differences(&beyond, false);
    assert!(text.contains("+ server: SCTP_SHUTDOWN_EVENT"), "{text}");
    assert!(!text.contains("sac_outbound_streams"), "{text}");
    assert!(!text.contains("noticed"), "{text}");
}
