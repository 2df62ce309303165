//! Tests that one kernel and one seed give one recording.

use std::fs;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use recording::{CAPTURE, Engine, OBSERVATIONS};
use tests::{Lab, Load, Wanted, assert_flow, lesson, runs};

use crate::Body;

pub(crate) const ALL: &[(&str, Body)] = &[
    ("three-runs", three_runs),
    ("under-load", under_load),
    ("another-seed", another_seed),
    ("another-place", another_place),
];

pub(crate) const LONG: &[(&str, Body)] = &[("a-thousand-under-load", a_thousand_under_load)];

const SCENARIO: &str = "multihoming-failover";

fn wanted() -> Wanted {
    Wanted::of(&lesson(SCENARIO), Engine::Uml)
}

/// Every packet with its time, and everything else that was seen.
type Bytes = [Vec<u8>; 2];

fn run(lab: Lab, wanted: &Wanted) -> Result<Bytes, String> {
    let ran = lab.run(wanted)?;
    if ran.exit != Some(0) {
        return Err(format!("exit code {:?}:\n{}", ran.exit, ran.said));
    }
    assert_flow(SCENARIO, &ran.recording);
    let read = |file| fs::read(ran.folder.join(file)).map_err(|error| format!("{file}: {error}"));
    Ok([read(CAPTURE)?, read(OBSERVATIONS)?])
}

fn same(one: &Bytes, other: &Bytes) -> Result<(), String> {
    match one == other {
        true => Ok(()),
        false => Err("another run came out otherwise".to_owned()),
    }
}

fn three_runs(lab: Lab) -> Result<(), String> {
    let first = run(lab, &wanted())?;
    (0..2).try_for_each(|_| same(&first, &run(lab, &wanted())?))
}

fn under_load(lab: Lab) -> Result<(), String> {
    let idle = run(lab, &wanted())?;
    let _load = Load::on_every_processor();
    same(&idle, &run(lab, &wanted())?)
}

fn another_seed(lab: Lab) -> Result<(), String> {
    let seeded = |seed| Wanted {
        seed: Some(seed),
        ..wanted()
    };
    let seven = run(lab, &seeded(7))?;
    same(&seven, &run(lab, &seeded(7))?)?;
    match run(lab, &seeded(8))? == seven {
        true => Err("with another seed it is the same".to_owned()),
        false => Ok(()),
    }
}

/// Neither the path of the lab's program nor its length matters.
fn another_place(lab: Lab) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let copy = folder.path().join("a-much-longer-name-of-the-same-program");
    let mut program = fs::read(lab.0).map_err(|error| error.to_string())?;
    program.extend_from_slice(&[0; 5000]);
    fs::copy(lab.0, &copy).map_err(|error| error.to_string())?;
    fs::write(&copy, program).map_err(|error| error.to_string())?;
    let elsewhere = Lab(copy.display().to_string().leak());
    same(&run(lab, &wanted())?, &run(elsewhere, &wanted())?)
}

/// A thousand runs, or 50 with `RUNS=50`.
fn a_thousand_under_load(lab: Lab) -> Result<(), String> {
    let first = run(lab, &wanted())?;
    let left = AtomicUsize::new(runs(1000));
    let different = Mutex::new(Vec::new());
    let _load = Load::on_every_processor();
    let one_less = |left: usize| left.checked_sub(1);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while left
                    .fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_less)
                    .is_ok()
                {
                    let ran = run(lab, &wanted()).and_then(|it| same(&first, &it));
                    if let (Err(words), Ok(mut different)) = (ran, different.lock()) {
                        different.push(words);
                    }
                }
            });
        }
    });
    let different = different.into_inner().map_err(|error| error.to_string())?;
    match different.first() {
        None => Ok(()),
        Some(first) => Err(format!("{} runs differ: {first}", different.len())),
    }
}
