#![allow(clippy::unwrap_used, reason = "test code")]

mod actions;
mod changes;
mod chunks;
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

use std::collections::BTreeSet;

use libtest_mimic::Arguments;

use need::Need;
use support::Test;

pub(crate) fn main() {
    if let Some(play) = processes::role() {
        return play();
    }
    let rights = Need::rights();
    let netem = rights.and(Need::netem);
    let sctp = rights.and(Need::sctp);
    let lacks: BTreeSet<_> = [&rights, &netem, &sctp]
        .into_iter()
        .filter_map(Need::lack)
        .collect();
    for lack in lacks {
        eprintln!("not every test can run: {lack}");
    }
    let suites: [(&str, &Need, &[Test]); 11] = [
        ("traffic", &rights, traffic::TESTS),
        ("routes", &rights, routes::TESTS),
        ("changes", &rights, changes::TESTS),
        ("chunks", &rights, chunks::TESTS),
        ("matches", &rights, matches::TESTS),
        ("actions", &rights, actions::TESTS),
        ("faults", &rights, faults::TESTS),
        ("lifetime", &rights, lifetime::TESTS),
        ("processes", &rights, processes::TESTS),
        ("shaping", &netem, shaping::TESTS),
        ("sctp", &sctp, sctp::TESTS),
    ];
    let trials = suites
        .iter()
        .flat_map(|(suite, need, tests)| {
            tests
                .iter()
                .map(move |(name, test)| need.trial(format!("{suite}::{name}"), *test))
        })
        .collect();
    trials::run("net-network", &Arguments::from_args(), trials).exit();
}
