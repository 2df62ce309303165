//! The determinism tests of `just soak`.

use std::thread;
use std::time::{Duration, Instant};

use tests::{FreshCache, Lab, Load, Ran, Wanted};

use crate::same::{Compared, all, run, to_the_byte, wanted};
use crate::short::Body;

pub(crate) const ALL: &[(&str, Body)] = &[
    ("ten-under-load", ten_under_load),
    (
        "ten-with-the-machine-made-anew",
        ten_with_the_machine_made_anew,
    ),
    ("twenty-seeds", twenty_seeds),
    ("labs-at-once", labs_at_once),
];

fn ten_under_load(lab: Lab) -> Compared {
    let first = run(lab, &wanted())?;
    let _load = Load::on_every_processor();
    all((0..10).map(|_| to_the_byte(&first, &run(lab, &wanted())?)))
}

fn ten_with_the_machine_made_anew(lab: Lab) -> Compared {
    let first = run(lab, &wanted())?;
    let cache = FreshCache::new()?;
    let anew = Wanted {
        cache: Some(cache.path().to_owned()),
        ..wanted()
    };
    let _load = Load::on_every_processor();
    all((0..10).map(|_| to_the_byte(&first, &run(lab, &anew)?)))
}

/// Other labs on this machine cost a run neither its exactness nor more than their share of
/// the time. Run this as root and as another user: `--nocapture` shows what each run took.
fn labs_at_once(lab: Lab) -> Compared {
    const ROUNDS: usize = 10;
    let first = run(lab, &wanted())?;
    let mut compared = Vec::new();
    for labs in [1, 2, 4] {
        let mut took = Vec::new();
        for _ in 0..ROUNDS {
            let rans: Vec<Result<(Ran, Duration), String>> = thread::scope(|scope| {
                let labs: Vec<_> = (0..labs).map(|_| scope.spawn(|| timed(lab))).collect();
                let joined = labs.into_iter().map(|lab| lab.join());
                joined
                    .map(|ran| ran.unwrap_or(Err("it panicked".into())))
                    .collect()
            });
            for ran in rans {
                let (ran, time) = ran?;
                took.push(time);
                compared.push(to_the_byte(&first, &ran));
            }
        }
        took.sort();
        eprintln!(
            "{labs} at once: median {:.2?}, longest {:.2?}",
            took[took.len() / 2],
            took[took.len() - 1]
        );
    }
    all(compared)
}

fn timed(lab: Lab) -> Result<(Ran, Duration), String> {
    let started = Instant::now();
    Ok((run(lab, &wanted())?, started.elapsed()))
}

/// Verdict and flow are the same with every seed, and the bytes with the same seed.
fn twenty_seeds(lab: Lab) -> Compared {
    all((1..=20).map(|seed| {
        let seeded = Wanted {
            seed: Some(seed),
            ..wanted()
        };
        to_the_byte(&run(lab, &seeded)?, &run(lab, &seeded)?)
    }))
}

/// Verdict and flow are the same with another kernel, and the bytes are so every time.
pub(crate) fn another_kernel(lab: Lab) -> Compared {
    let kernel = std::env::var_os("SCTP_LAB_OTHER_KERNEL").map(Into::into);
    let other = Wanted { kernel, ..wanted() };
    let first = run(lab, &other)?;
    if first.recording.info.kernel == run(lab, &wanted())?.recording.info.kernel {
        return Err("it is no other kernel".into());
    }
    to_the_byte(&first, &run(lab, &other)?)
}
