//! Reads a stored recording of format 1.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use recording::{Associations, Event, FORMAT, Outcome, Recording};
use wire::frame::{Frame, Transport};

fn kept() -> Recording {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/format-1/peer-restart");
    Recording::read(&folder).unwrap()
}

/// The associations in each endpoint's notifications, by state.
fn states(recording: &Recording) -> Vec<(&str, &str, &str)> {
    let observations = recording.observations.iter();
    observations
        .filter_map(|it| match &it.event {
            Event::Notification {
                endpoint,
                association: Some(association),
                fields,
                ..
            } => Some((endpoint.as_str(), fields.state()?, association.as_str())),
            _ => None,
        })
        .collect()
}

#[test]
fn a_restart_in_an_old_recording_is_a_new_association_at_both_ends() {
    let recording = kept();
    assert_eq!(recording.info.format, FORMAT);
    assert_eq!(
        states(&recording),
        [
            ("server", "SCTP_COMM_UP", "client-server"),
            ("client", "SCTP_COMM_UP", "client-server"),
            ("server", "SCTP_RESTART", "client-server#2"),
            ("client", "SCTP_COMM_UP", "client-server#2"),
            ("client", "SCTP_SHUTDOWN_COMP", "client-server#2"),
            ("server", "SCTP_SHUTDOWN_COMP", "client-server#2"),
        ]
    );
}

#[test]
fn packets_of_an_old_recording_belong_to_their_association() {
    let recording = kept();
    let associations = Associations::of(&recording);
    let mut per_association = std::collections::BTreeMap::<&str, (usize, usize)>::new();
    for packet in &recording.packets {
        let Ok(Transport::Sctp(sctp)) = Frame::decode(&packet.frame).map(|it| it.transport) else {
            continue;
        };
        let packet = wire::Packet::decode(sctp).unwrap();
        let flow = associations.flow_of(&packet).unwrap();
        let counts = per_association
            .entry(flow.association.as_str())
            .or_default();
        match flow.sender.endpoint.unwrap() {
            "client" => counts.0 += 1,
            "server" => counts.1 += 1,
            other => panic!("{other} is no endpoint"),
        }
        // TSNs are counted from the initial TSN of their own association.
        for chunk in &packet.chunks {
            if let wire::Chunk::Data(data) = chunk {
                let offset = data
                    .tsn
                    .0
                    .wrapping_sub(flow.sender.initial_tsn().unwrap().0);
                assert!(offset < 3, "{offset}");
            }
        }
    }
    let names: Vec<&str> = per_association.keys().copied().collect();
    assert_eq!(names, ["client-server", "client-server#2"]);
    assert!(
        per_association
            .values()
            .all(|(one, other)| *one >= 6 && *other >= 4)
    );
}

#[test]
fn what_an_expectation_saw_stays_the_same_observation() {
    let recording = kept();
    let seen = recording
        .observations
        .iter()
        .filter_map(|it| match it.event {
            Event::StepEnded {
                outcome: Outcome::Seen { observation },
                ..
            } => Some(&recording.observations[observation].event),
            _ => None,
        });
    for event in seen {
        let is_one = matches!(event, Event::Notification { .. } | Event::Received { .. });
        assert!(is_one, "{event:?}");
    }
}

#[test]
fn an_old_recording_is_kept_in_the_new_form() {
    let recording = kept();
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy");
    recording.write(&copy).unwrap();
    assert_eq!(Recording::read(&copy).unwrap(), recording);
}
