//! Tests that a run in the `vm` engine is the same every time, to the byte.

mod long;
mod same;
mod short;

use libtest_mimic::{Arguments, Trial};
use tests::{Lab, Need, lesson};

/// The scenario that is run again and again.
const SCENARIO: &str = "multihoming-failover";

fn main() {
    let mut arguments = Arguments::from_args();
    // One trial at a time: some trials put load on the machine, which must not disturb
    // others.
    arguments.test_threads = Some(1);
    let lab = Lab(env!("CARGO_BIN_EXE_sctp-lab-under-test"));
    let vm = Need::vm();
    if vm.is_there() && !arguments.list {
        lab.prepare_vm(&lesson(SCENARIO));
    }
    let short = short::ALL
        .iter()
        .map(|(name, body)| vm.skippable_trial(*name, move || Ok(body(lab)?)));
    let long = long::ALL
        .iter()
        .map(|(name, body)| vm.skippable_trial(format!("soak::{name}"), move || Ok(body(lab)?)));
    let other_kernel = vm
        .clone()
        .and(Need::other_kernel())
        .skippable_trial("other-kernel", move || Ok(long::another_kernel(lab)?));
    let trials: Vec<Trial> = short
        .chain(long.map(|trial| trial.with_ignored_flag(true)))
        .chain([other_kernel])
        .collect();
    trials::run("determinism", &arguments, trials).exit();
}
