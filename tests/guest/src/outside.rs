//! On the host: a trial for each test that runs in the guest.

use std::sync::{Arc, LazyLock};

use engine::vm::{Loaded, VmError};
use libtest_mimic::{Arguments, Failed, Trial};

use crate::Test;
use crate::machine::{Results, set_up};

const ENGINE: &str = "vm";

pub(crate) fn trials(tests: Vec<Test>, arguments: &Arguments) -> Vec<Trial> {
    let mut asked = tests
        .iter()
        .map(|test| &test.name)
        .filter(|name| trials::is_asked_for(arguments, &in_guest(name)))
        .cloned()
        .peekable();
    // Listing the tests must cost nothing.
    if arguments.list || asked.peek().is_none() {
        return tests.iter().map(only_listed).collect();
    }
    let required = trials::is_required(ENGINE);
    match set_up() {
        Ok(loaded) => with(loaded, asked.collect(), &tests),
        Err(error) if required || error.is_unavailable() => {
            let lacks = |test| without(test, &error).with_ignored_flag(!required);
            tests.iter().map(lacks).collect()
        }
        Err(error) => panic!("the guest cannot be set up: {error}"),
    }
}

fn only_listed(test: &Test) -> Trial {
    trials::test(in_guest(&test.name), || Err("there is no guest".into()))
}

/// The first trial that runs has the guest run all that are asked for.
fn with(loaded: Loaded, asked: Vec<String>, tests: &[Test]) -> Vec<Trial> {
    let results = Arc::new(LazyLock::new(move || Results::of(&loaded, &asked)));
    let trial = |test: &Test| {
        let (name, results) = (test.name.clone(), Arc::clone(&results));
        trials::test(in_guest(&test.name), move || match results.failure(&name) {
            None => Ok(()),
            Some(words) => Err(Failed::from(words)),
        })
    };
    tests.iter().map(trial).collect()
}

fn without(test: &Test, error: &VmError) -> Trial {
    let lack = test.lack.as_deref().unwrap_or_default();
    let words = format!("{lack}; no {ENGINE} engine: {error}");
    let failed = words.clone();
    trials::test(in_guest(&test.name), || Err(failed.into())).with_kind(words)
}

fn in_guest(name: &str) -> String {
    format!("{ENGINE}::{name}")
}
