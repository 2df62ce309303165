//! The tests of captures at other hosts, on Linux.

#![allow(clippy::unwrap_used, reason = "test code")]

mod capturers;
mod capturing;
mod checking;
mod dying;
mod keys;
mod lab;
mod need;

use libtest_mimic::Arguments;

use keys::Keys;

/// A test, with its name.
type Test = (&'static str, fn());

/// Names the tests of a module: `tests![a, b]` gives `("a", a)`, `("b", b)`.
macro_rules! tests {
    ($($test:ident),* $(,)?) => {
        &[$((stringify!($test), $test)),*]
    };
}
use tests;

pub(crate) fn main() {
    let arguments = Arguments::from_args();
    let lack = need::lack();
    if lack.is_none() && !arguments.list && !Keys::are_there() {
        Keys::make_and_run_again();
    }
    if let Some(play) = dying::role() {
        return play();
    }
    let suites: [(&str, &[Test]); 3] = [
        ("capturing", capturing::TESTS),
        ("checking", checking::TESTS),
        ("dying", dying::TESTS),
    ];
    let trials = suites.iter().flat_map(|(suite, tests)| {
        let lack = &lack;
        tests.iter().map(move |(name, test)| {
            let (name, test) = (format!("{suite}::{name}"), *test);
            match lack {
                None => trials::test(name, move || {
                    test();
                    Ok(())
                }),
                Some(lack) => lack.trial(name),
            }
        })
    });
    trials::run("hosts-network", &arguments, trials.collect()).exit();
}
