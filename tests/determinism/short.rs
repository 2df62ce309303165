//! The determinism tests of every `cargo test`.

use std::thread;

use tests::{Lab, Load, Wanted};

use crate::same::{Compared, all, different, run, to_the_byte, wanted};

pub(crate) type Body = fn(Lab) -> Compared;

pub(crate) const ALL: &[(&str, Body)] = &[
    ("three-runs", three_runs),
    ("under-load", under_load),
    ("two-at-once", two_at_once),
    ("another-seed", another_seed),
];

fn three_runs(lab: Lab) -> Compared {
    let first = run(lab, &wanted())?;
    all((0..2).map(|_| to_the_byte(&first, &run(lab, &wanted())?)))
}

fn under_load(lab: Lab) -> Compared {
    let idle = run(lab, &wanted())?;
    let load = Load::on_every_processor();
    let loaded = run(lab, &wanted())?;
    drop(load);
    to_the_byte(&idle, &loaded)
}

fn two_at_once(lab: Lab) -> Compared {
    let (one, other) = thread::scope(|scope| {
        let one = scope.spawn(|| run(lab, &wanted()));
        let other = run(lab, &wanted());
        (one.join(), other)
    });
    let one = one.map_err(|_| "the other run's flow differs".to_owned())?;
    to_the_byte(&one?, &other?)
}

fn another_seed(lab: Lab) -> Compared {
    let seven = Wanted {
        seed: Some(7),
        ..wanted()
    };
    let first = run(lab, &seven)?;
    different(&first, &run(lab, &wanted())?)?;
    to_the_byte(&first, &run(lab, &seven)?)
}
