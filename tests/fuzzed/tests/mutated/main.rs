//! Tries the targets with the inputs in their corpora, and with random mutations of these:
//! on any toolchain, without a fuzzer.
//!
//! A seed and a number of inputs give the same inputs on any machine.
//! `SCTP_LAB_FUZZ_SECONDS` goes on for that time instead, by a new seed each time, which is
//! printed; `SCTP_LAB_FUZZ_SEED` repeats one.

mod corpus;
mod mutation;

use std::panic;
use std::path::PathBuf;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use fuzzed::{TARGETS, Target};
use libtest_mimic::{Arguments, Failed};

use crate::mutation::Mutation;

/// Inputs of each target where no time is given.
const INPUTS: u64 = 200;

/// The time limit of an input: no input is so long that its target needs more.
const LONGEST: Duration = Duration::from_secs(20);

fn main() {
    let arguments = Arguments::from_args();
    let trials = TARGETS
        .iter()
        .map(|target| trials::test(target.name, || try_out(target)))
        .collect();
    trials::run("mutated", &arguments, trials).exit();
}

fn try_out(target: &Target) -> Result<(), Failed> {
    let corpus = corpus::of(target)?;
    for (name, input) in &corpus {
        take(target, name, input)?;
    }
    let seconds = number("SCTP_LAB_FUZZ_SECONDS")?;
    let seed = match (number("SCTP_LAB_FUZZ_SEED")?, seconds) {
        (Some(seed), _) => seed,
        (None, Some(_)) => SystemTime::now().duration_since(UNIX_EPOCH)?.as_nanos() as u64,
        (None, None) => 1,
    };
    let inputs: Vec<&[u8]> = corpus.iter().map(|(_, input)| &input[..]).collect();
    let mut mutation = Mutation::new(seed, target.form);
    let start = Instant::now();
    let mut count = 0;
    loop {
        let is_enough = match seconds {
            Some(seconds) => start.elapsed() >= Duration::from_secs(seconds),
            None => count == INPUTS,
        };
        if is_enough {
            break;
        }
        count += 1;
        let input = mutation.of(&inputs);
        take(target, &format!("seed {seed}, input {count}"), &input)?;
    }
    println!(
        "{}: {} of the corpus, then {count} inputs in {:.1} s, seed {seed}",
        target.name,
        corpus.len(),
        start.elapsed().as_secs_f64()
    );
    Ok(())
}

/// Hands an input to the target; keeps the input if that panics or takes too long.
fn take(target: &Target, what: &str, input: &[u8]) -> Result<(), Failed> {
    let start = Instant::now();
    let outcome = panic::catch_unwind(|| (target.take)(input));
    let wrong = match outcome {
        Ok(()) if start.elapsed() <= LONGEST => return Ok(()),
        Ok(()) => format!("took {:.1} s", start.elapsed().as_secs_f64()),
        Err(_) => "panicked".to_owned(),
    };
    let kept = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{}.bin", target.name));
    std::fs::write(&kept, input)?;
    Err(format!("{what}: it {wrong}; the input is {}", kept.display()).into())
}

fn number(variable: &str) -> Result<Option<u64>, Failed> {
    match std::env::var(variable) {
        Ok(text) => Ok(Some(
            text.parse()
                .map_err(|error| format!("{variable}: {error}"))?,
        )),
        Err(_) => Ok(None),
    }
}
