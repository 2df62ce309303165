//! What `just soak` checks.

use std::time::{Duration, Instant};

use tests::{FreshCache, Lab, Load, Wanted};

use crate::same::{run, to_the_byte, wanted};
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

fn ten_under_load(lab: Lab) -> Result<(), String> {
    let first = run(lab, &wanted())?;
    let _load = Load::on_every_processor();
    (0..10).try_for_each(|_| to_the_byte(&first, &run(lab, &wanted())?))
}

fn ten_with_the_machine_made_anew(lab: Lab) -> Result<(), String> {
    let first = run(lab, &wanted())?;
    let cache = FreshCache::new()?;
    let anew = Wanted {
        cache: Some(cache.path().to_owned()),
        ..wanted()
    };
    let _load = Load::on_every_processor();
    (0..10).try_for_each(|_| to_the_byte(&first, &run(lab, &anew)?))
}

/// Other labs on this machine take neither its exactness nor more than their share.
/// Run it as root and as another user: `--nocapture` shows what each took.
fn labs_at_once(lab: Lab) -> Result<(), String> {
    const ROUNDS: usize = 10;
    let first = run(lab, &wanted())?;
    for labs in [1, 2, 4] {
        let mut took = Vec::new();
        for _ in 0..ROUNDS {
            let ran: Vec<Result<Duration, String>> = std::thread::scope(|scope| {
                let labs: Vec<_> = (0..labs)
                    .map(|_| {
                        scope.spawn(|| {
                            let started = Instant::now();
                            to_the_byte(&first, &run(lab, &wanted())?)?;
                            Ok(started.elapsed())
                        })
                    })
                    .collect();
                let joined = labs.into_iter().map(|lab| lab.join());
                joined
                    .map(|ran| ran.unwrap_or(Err("it panicked".into())))
                    .collect()
            });
            took.extend(ran.into_iter().collect::<Result<Vec<_>, _>>()?);
        }
        took.sort();
        eprintln!(
            "{labs} at once: median {:.2?}, longest {:.2?}",
            took[took.len() / 2],
            took[took.len() - 1]
        );
    }
    Ok(())
}

/// Verdict and flow are the same with every seed, the bytes with the same one.
fn twenty_seeds(lab: Lab) -> Result<(), String> {
    (1..=20).try_for_each(|seed| {
        let seeded = Wanted {
            seed: Some(seed),
            ..wanted()
        };
        to_the_byte(&run(lab, &seeded)?, &run(lab, &seeded)?)
    })
}

/// Verdict and flow are the same with another kernel, the bytes every time.
pub(crate) fn another_kernel(lab: Lab) -> Result<(), String> {
    let kernel = std::env::var_os("SCTP_LAB_OTHER_KERNEL").map(Into::into);
    let other = Wanted { kernel, ..wanted() };
    let first = run(lab, &other)?;
    if first.recording.info.kernel == run(lab, &wanted())?.recording.info.kernel {
        return Err("it is no other kernel".into());
    }
    to_the_byte(&first, &run(lab, &other)?)
}
