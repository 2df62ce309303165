//! Tests of runs that end early: interrupted, at a limit, or because the guest's kernel has
//! stopped.

use std::cell::Cell;
use std::time::Duration;

use engine::vm::{Job, Run, VmError};
use engine::{Interrupt, Ready, Request, RequestError, RunHooks};
use recording::{Ended, Recording};

use crate::host::{Lab, Test, is_limit, job, run_on, with_time_enough};

pub(crate) const ALL: &[Test] = &[
    ("a_program_that_is_asked_to_stop_says_why", asked),
    ("the_wall_limit_asks_the_program_to_stop", wall_limit),
    ("a_program_that_is_deaf_is_killed", deaf),
    ("an_interrupted_scenario_hands_over_its_recording", scenario),
    ("a_scenario_at_its_wall_limit_does_so_too", scenario_limit),
    ("a_kernel_that_panics_shows_its_console", kernel_panic),
    ("a_kernel_that_stands_still_is_not_waited_for", standstill),
];

const FOR_EVER: Duration = Duration::from_secs(1 << 32);

fn until_asked() -> Job<'static> {
    Job {
        protocol_limit: FOR_EVER,
        ..job("sleep until asked to stop")
    }
}

fn asked(lab: &Lab) {
    let run = Run::start(&lab.loaded, &until_asked()).unwrap();
    let killer = run.killer();
    let outcome = run.wait(&mut |_| killer.stop()).unwrap();
    assert_eq!(outcome.output, b"kept, then stopped: it was interrupted");
}

fn wall_limit(lab: &Lab) {
    let (limit, output) = with_time_enough(|wall_limit| {
        let job = Job {
            wall_limit,
            ..until_asked()
        };
        match run_on(&lab.loaded, &job) {
            Ok(outcome) => Some((wall_limit, outcome.output)),
            Err(error) if is_limit(&error) => None,
            Err(error) => panic!("{error}"),
        }
    });
    let seconds = limit.as_secs();
    let expected = format!("kept, then stopped: the wall limit of {seconds} s was reached");
    assert_eq!(String::from_utf8(output).unwrap(), expected);
}

fn deaf(lab: &Lab) {
    let run = Run::start(&lab.loaded, &job("keep and spin")).unwrap();
    let killer = run.killer();
    let error = run.wait(&mut |_| killer.stop()).unwrap_err();
    assert!(matches!(error, VmError::Cancelled { .. }), "{error}");
    assert_eq!(error.partial_output(), b"kept");
}

/// A scenario that takes minutes of wall time, although its own time is virtual.
const ENDLESS: &str = "\
title: Two hosts and all the time in the world
rfc: [9260#5.1]
lesson: An association lives until somebody ends it.
nodes: [client, server]
links:
  path: {client: 10.0.1.1/24, server: 10.0.1.2/24}
endpoints:
  server: {node: server, style: one-to-many, listen: 5000, subscribe: [assoc-change]}
  client: {node: client, style: one-to-many, subscribe: [assoc-change]}
steps:
  - connect: {from: client, to: server}
  - expect: {at: client, notification: assoc-change, state: comm-up, within: 1s}
  - wait: 20000000s
limit: 30000000s
";

fn perform(
    lab: &Lab,
    wall: Duration,
    heard: &dyn Fn(&Interrupt, &str),
) -> Result<Recording, RequestError> {
    let scenario = scenario::parse("endless", ENDLESS).unwrap();
    let mut request = Request::of(scenario, ENDLESS.into());
    request.wall_limit = Some(wall);
    let interrupt = Interrupt::default();
    let hooks = RunHooks {
        progress: &|line| heard(&interrupt, line),
        onlooker: None,
        interrupt: &interrupt,
        deaf: |_| {},
    };
    Ready::run(&lab.loaded, &request, &hooks)
}

fn scenario(lab: &Lab) {
    let stop_at_wait = |interrupt: &Interrupt, line: &str| {
        if line.contains("20000000s") {
            interrupt.call();
        }
    };
    let recording = perform(lab, Duration::from_secs(120), &stop_at_wait).unwrap();
    ended_early(
        &recording,
        "it was interrupted, in step `wait` (wait 20000000s)",
    );
}

fn scenario_limit(lab: &Lab) {
    let (limit, recording) = with_time_enough(|wall| {
        let waits = Cell::new(false);
        let heard =
            |_: &Interrupt, line: &str| waits.set(waits.get() || line.contains("20000000s"));
        let performed = perform(lab, wall, &heard);
        waits.get().then(|| (wall, performed.unwrap()))
    });
    let seconds = limit.as_secs();
    let reason =
        format!("the wall limit of {seconds} s was reached, in step `wait` (wait 20000000s)");
    ended_early(&recording, &reason);
}

fn ended_early(recording: &Recording, reason: &str) {
    let why = reason.to_owned();
    assert_eq!(recording.info.ended, Ended::Early { why });
    // At least the packets of the handshake: four, each seen at both ends.
    assert!(recording.packets.len() >= 8);
}

fn kernel_panic(lab: &Lab) {
    let error = lab.run("make the kernel panic").unwrap_err().to_string();
    assert!(error.contains("output that it had not yet passed on is lost"));
    assert!(error.contains("Kernel panic - not syncing"), "{error}");
}

fn standstill(lab: &Lab) {
    let error = lab.run("pause as a panicked kernel does").unwrap_err();
    assert!(matches!(error, VmError::GuestDied { .. }), "{error}");
}
