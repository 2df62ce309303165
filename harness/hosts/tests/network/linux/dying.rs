//! A capturer that dies, a lab that is killed, and a capture that nobody wants.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use hosts::{Capture, Event, Interrupt};

use super::lab::{Lab, PATIENCE};
use super::{Test, capturers, tests};

pub(super) const TESTS: &[Test] = tests![
    one_that_dies_is_named_and_the_others_stay,
    a_killed_lab_leaves_no_capturer,
    a_capture_that_nobody_wants_leaves_none,
];

const ROLE: &str = "SCTP_LAB_TEST_TARGETS";

fn one_that_dies_is_named_and_the_others_stay() {
    let lab = Lab::new();
    let mark = "not port 61002";
    let mut running = lab.capture(&format!(
        "frail: {{ONE, interface: path-a, filter: 'udp port 9899 and {mark}'}}\n\
         lasting: {{TWO, interface: path-a}}"
    ));
    lab.send(0, 1);
    running.packets(2);
    capturers::kill_the_one(mark);
    let Some(Event::Died { name, words, .. }) = running.capture.next() else {
        panic!("it goes on");
    };
    assert_eq!(name, "frail");
    assert!(words.starts_with("it was ended by signal 9"), "{words}");

    lab.send(0, 2);
    let packet = &running.packets(1)[0];
    assert_eq!((running.tsn(packet), packet.interface.0), (2, 1));
    let ends = running.stopped();
    let [Event::Ended { name, .. }] = &ends[..] else {
        panic!("{ends:?}");
    };
    assert_eq!(name, "lasting");
}

fn a_killed_lab_leaves_no_capturer() {
    let lab = Lab::new();
    let mark = "not port 61003";
    let file = lab.file(&format!(
        "one: {{ONE, filter: 'udp port 9899 and {mark}'}}\n\
         two: {{TWO, filter: 'udp port 9899 and {mark}'}}"
    ));
    let mut child = lab.inside(|| {
        Command::new(std::env::current_exe().unwrap())
            .env(ROLE, &file)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap()
    });
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
    assert_eq!(said.next().unwrap().unwrap(), "started");
    assert_eq!(capturers::count(mark), 2);
    child.kill().unwrap();
    child.wait().unwrap();
    capturers::all_end(mark);
}

/// The role of this process, where it is to capture for a test instead of running tests.
pub(super) fn role() -> Option<fn()> {
    std::env::var_os(ROLE).map(|_| capture_until_killed as fn())
}

fn capture_until_killed() {
    let file = std::env::var_os(ROLE).unwrap();
    let (targets, _) = hosts::parse_file(file.as_ref()).unwrap();
    let capture = Capture::start(&targets, &Interrupt::default(), PATIENCE).unwrap();
    println!("started");
    std::io::stdout().flush().unwrap();
    capture.for_each(drop);
}

fn a_capture_that_nobody_wants_leaves_none() {
    let lab = Lab::new();
    let mark = "not port 61004";
    let running = lab.capture(&format!("one: {{ONE, filter: 'udp port 9899 and {mark}'}}"));
    assert_eq!(capturers::count(mark), 1);
    drop(running.capture);
    capturers::all_end(mark);
}
