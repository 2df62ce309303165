//! Tests of what the lab shows of a run while the run goes on.

use std::sync::Mutex;
use std::time::Duration;

use engine::{Interrupt, Ready, Request, RunHooks};
use recording::Sight;

use crate::host::{Lab, Test};

pub(crate) const ALL: &[Test] = &[(
    "sights_of_a_run_are_its_recording_in_pieces",
    sights_are_the_recording,
)];

/// The last frame is on its way when the last step ends.
const SCENARIO: &str = "\
title: Some messages, in peace and quiet
rfc: 9260#6
lesson: Nothing happens.
nodes: [client, server]
links:
  path-a: {client: 10.0.1.1/24, server: 10.0.1.2/24, delay: 10ms}
  path-b: {client: 10.0.2.1/24, server: 10.0.2.2/24, delay: 300ms}
endpoints:
  server: {node: server, style: one-to-many, listen: 5000, subscribe: [assoc-change]}
  client: {node: client, style: one-to-many, subscribe: [assoc-change]}
steps:
  - connect: {from: client, to: server}
  - expect: {at: client, notification: assoc-change, state: comm-up, within: 1s}
  - traffic: {from: client, to: server, every: 500ms, size: 100, as: ticker}
  - wait: 60s
  - stop: ticker
";

fn sights_are_the_recording(lab: &Lab) {
    let scenario = scenario::parse("peace", SCENARIO).unwrap();
    let mut request = Request::of(scenario, SCENARIO.into());
    request.wall_limit = Some(Duration::from_secs(60));
    let sights: Mutex<Vec<Sight>> = Mutex::default();
    let onlooker = |sight| sights.lock().unwrap().push(sight);
    let hooks = RunHooks {
        progress: &|_| {},
        onlooker: Some(&onlooker),
        interrupt: &Interrupt::default(),
        deaf: |_| {},
    };
    let recording = Ready::run(&lab.loaded, &request, &hooks).unwrap();
    let sights = sights.lock().unwrap();
    assert!(sights.len() > 100, "they come as the packets do");
    assert!(sights[0].packets.is_empty(), "it tells of the interfaces");
    let mut packets = Vec::new();
    for sight in sights.iter() {
        assert_eq!(sight.interfaces, recording.interfaces);
        packets.extend(sight.packets.iter().cloned());
    }
    assert_eq!(packets, recording.packets);
}
