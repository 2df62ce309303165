//! What every `cargo test` checks.

use std::thread;

use tests::{Lab, Load, Wanted};

use crate::same::{different, run, to_the_byte, wanted};

pub(crate) type Body = fn(Lab) -> Result<(), String>;

pub(crate) const ALL: &[(&str, Body)] = &[
    ("three-runs", three_runs),
    ("under-load", under_load),
    ("two-at-once", two_at_once),
    ("another-seed", another_seed),
];

fn three_runs(lab: Lab) -> Result<(), String> {
    let first = run(lab, &wanted())?;
    for _ in 0..2 {
        to_the_byte(&first, &run(lab, &wanted())?)?;
    }
    Ok(())
}

fn under_load(lab: Lab) -> Result<(), String> {
    let idle = run(lab, &wanted())?;
    let load = Load::on_every_processor();
    let loaded = run(lab, &wanted())?;
    drop(load);
    to_the_byte(&idle, &loaded)
}

fn two_at_once(lab: Lab) -> Result<(), String> {
    let (one, other) = thread::scope(|scope| {
        let one = scope.spawn(|| run(lab, &wanted()));
        let other = run(lab, &wanted());
        (one.join(), other)
    });
    let one = one.map_err(|_| "the other run's flow differs".to_owned())?;
    to_the_byte(&one?, &other?)
}

fn another_seed(lab: Lab) -> Result<(), String> {
    let seven = Wanted {
        seed: Some(7),
        ..wanted()
    };
    let first = run(lab, &seven)?;
    to_the_byte(&first, &run(lab, &seven)?)?;
    different(&first, &run(lab, &wanted())?)
}
