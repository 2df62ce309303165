//! The judge is right for anyone's timers: random scenarios on real kernels have no false
//! verdict. And the pages about what timers make of a network show what a run shows.

mod evidence;
mod generator;
mod mutation;
mod soak;
mod staircase;

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use libtest_mimic::{Arguments, Trial};
use tests::{Lab, Need, lesson};

use mutation::Found;
use soak::Soak;

/// The numbers of random scenarios in the first and in the second trial of `just soak`.
const FEW: u64 = 20;
const MANY: u64 = 1_000;

fn main() {
    if let Some(seed) = number("SCTP_LAB_TIMERS_SHOW") {
        print!("{}", generator::draw(seed).yaml);
        return;
    }
    if let Some(folder) = std::env::var_os("SCTP_LAB_TIMERS_WRITE") {
        Soak::of_environment(MANY, None)
            .write(Path::new(&folder))
            .expect("the scenarios can be written");
        return;
    }
    let mut arguments = Arguments::from_args();
    // Each trial runs two scenarios at a time.
    arguments.test_threads = Some(1);
    let lab = Lab(env!("CARGO_BIN_EXE_sctp-lab-under-test"));
    let vm = Need::vm();
    if vm.is_there() && !arguments.list {
        lab.prepare_vm(&lesson("handshake"));
    }
    let coverage = trials::test("generator::draws-all-that-a-story-may-have", || {
        Ok(generator::covers(MANY)?)
    });
    let zero = trials::test("staircase::limit-0-is-refused", || {
        Ok(staircase::zero_is_refused()?)
    });
    let staircase = (1..=5).map(|limit| {
        vm.trial(format!("staircase::limit-{limit}"), move || {
            Ok(staircase::climbs(lab, limit)?)
        })
    });
    let width = vm.trial("the-default-failover-is-narrow", move || {
        Ok(staircase::default_failover_is_narrow(lab)?)
    });
    let few = vm
        .trial("soak::few-random-scenarios", move || {
            Ok(random(lab, FEW, false)?)
        })
        .with_ignored_flag(true);
    let many = vm
        .trial("soak::random-scenarios", move || {
            Ok(random(lab, MANY, false)?)
        })
        .with_ignored_flag(true);
    let other = vm
        .clone()
        .and(Need::other_kernel())
        .trial("other-kernel::random-scenarios", move || {
            Ok(random(lab, MANY, true)?)
        });
    let trials: Vec<Trial> = staircase
        .chain([coverage, zero, width, few, many, other])
        .chain(evidence::all(lab, &vm))
        .collect();
    trials::run("timers", &arguments, trials).exit();
}

/// The number in an environment variable, if it is set.
fn number(name: &str) -> Option<u64> {
    let said = std::env::var(name).ok()?;
    let number = said.parse();
    Some(number.unwrap_or_else(|_| panic!("{name}: {said} is no number")))
}

/// Runs random scenarios, and mutates the recordings of those that passed.
fn random(lab: Lab, runs: u64, other: bool) -> Result<(), String> {
    let kernel = match other {
        true => std::env::var_os("SCTP_LAB_OTHER_KERNEL").map(Into::into),
        false => None,
    };
    let soak = Soak::of_environment(runs, kernel);
    let found = Mutex::new(Found::default());
    let tally = soak.run(lab, &|seed, scenario, recording| {
        let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
        found.try_all(seed, scenario, recording);
    });
    let found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    println!("{soak}, {}{}", tally.words(), found.words());
    // With so few runs, one missed mutation is more than one in a hundred.
    let found = if runs > FEW { found.judged() } else { Ok(()) };
    let complaints = [tally.judged(), found].map(Result::err);
    match complaints.into_iter().flatten().collect::<Vec<_>>() {
        none if none.is_empty() => Ok(()),
        some => Err(some.join("\n")),
    }
}
