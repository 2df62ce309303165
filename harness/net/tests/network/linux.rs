//! The tests of networks, on Linux.

#![allow(clippy::unwrap_used, reason = "test code")]

mod actions;
mod changes;
mod chunks;
mod clock;
mod faults;
mod lifetime;
mod matches;
mod need;
mod processes;
mod routes;
mod sctp;
mod shaping;
mod support;
mod traffic;
mod witness;

use std::process::ExitCode;

use guest::Test;

use need::Lacks;

pub(crate) fn main() -> ExitCode {
    match processes::role() {
        Some(play) => {
            play();
            ExitCode::SUCCESS
        }
        None => guest::run("net-network", tests),
    }
}

fn tests() -> Vec<Test> {
    let Lacks {
        rights,
        netem,
        sctp,
    } = Lacks::of_this_machine();
    let clock = rights.clone().or_else(clock::lack);
    let suites: [(&str, &Option<String>, &[support::Test]); 12] = [
        ("traffic", &rights, traffic::TESTS),
        ("routes", &rights, routes::TESTS),
        ("changes", &rights, changes::TESTS),
        ("chunks", &rights, chunks::TESTS),
        ("matches", &rights, matches::TESTS),
        ("actions", &rights, actions::TESTS),
        ("faults", &rights, faults::TESTS),
        ("clock", &clock, clock::TESTS),
        ("lifetime", &rights, lifetime::TESTS),
        ("processes", &rights, processes::TESTS),
        ("shaping", &netem, shaping::TESTS),
        ("sctp", &sctp, sctp::TESTS),
    ];
    let tests = suites.into_iter().flat_map(|(suite, lack, tests)| {
        tests.iter().map(move |&(name, test)| Test {
            name: format!("{suite}::{name}"),
            lack: lack.clone(),
            body: Box::new(move || {
                test();
                Ok(())
            }),
        })
    });
    tests.collect()
}
