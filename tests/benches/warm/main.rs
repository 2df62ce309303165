//! Measures the time from the command to the verdict with a saved machine, and its parts.
//!
//! `cargo bench --package tests --bench warm`; `RUNS=50` for more runs.

mod phases;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use engine::guest::Role;
use recording::Engine;
use tests::{Figures, Lab, Wanted, lesson, runs, told};

const SCENARIO: &str = "multihoming-failover";

fn main() -> ExitCode {
    if Role::of_this_process().is_some() {
        return sctp_lab::main();
    }
    told(measure())
}

fn measure() -> Result<(), String> {
    let lab = Lab(env!("CARGO_BIN_EXE_sctp-lab-under-test"));
    let lesson = lesson(SCENARIO);
    lab.prepare_vm(&lesson);
    let wanted = Wanted::of(&lesson, Engine::Vm);
    let mut walls = Figures::default();
    let mut protocol = Duration::ZERO;
    for _ in 0..runs(20) {
        let began = Instant::now();
        let ran = lab.run(&wanted)?;
        walls.add(began.elapsed());
        if ran.exit != Some(0) {
            return Err(ran.said);
        }
        protocol = ran.recording.info.duration.since_start();
    }
    println!("{SCENARIO}, from the command to the verdict: {walls}");
    let seconds = protocol.as_secs_f64();
    let ratio = seconds / walls.median().as_secs_f64();
    println!("protocol time: {seconds:.1} s, {ratio:.0} times the median");
    println!("where the time goes, in one process:");
    for (phase, times) in phases::measure(&lesson, runs(20))? {
        println!("  {phase:34} {times}");
    }
    Ok(())
}
