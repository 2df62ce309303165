//! Measures the failover from the command to the verdict in each engine of virtual time,
//! in turns, so that other load affects all of them alike; and the number of runs per
//! second in the `uml` engine on all processors.
//!
//! `cargo bench --package tests --bench engines`; `RUNS=50` for more runs.

use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use engine::guest::Role;
use recording::Engine;
use tests::{Figures, Lab, Lesson, Need, Wanted, lesson, runs, told};

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
    let engines = [(Engine::Uml, Need::uml()), (Engine::Vm, Need::vm())];
    let mut walls = Vec::new();
    for (engine, need) in engines {
        match need.lack() {
            Some(lack) => println!("{engine}: {lack}"),
            None => {
                // The engine may first have to be made ready.
                once(lab, &lesson, engine)?;
                walls.push((engine, Figures::default()));
            }
        }
    }
    for _ in 0..runs(9) {
        for (engine, walls) in &mut walls {
            walls.add(once(lab, &lesson, *engine)?);
        }
    }
    for (engine, walls) in &walls {
        println!("{SCENARIO} in {engine}, from the command to the verdict: {walls}");
    }
    if walls.iter().any(|(engine, _)| *engine == Engine::Uml) {
        println!("{}", many(lab, &lesson, runs(9) * 10)?);
    }
    Ok(())
}

fn once(lab: Lab, lesson: &Lesson, engine: Engine) -> Result<Duration, String> {
    let began = Instant::now();
    let ran = lab.run(&Wanted::of(lesson, engine))?;
    match ran.exit {
        Some(0) => Ok(began.elapsed()),
        _ => Err(ran.said),
    }
}

fn many(lab: Lab, lesson: &Lesson, runs: usize) -> Result<String, String> {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let began = Instant::now();
    thread::scope(|scope| {
        let work = || {
            while next.fetch_add(1, Ordering::Relaxed) < runs {
                once(lab, lesson, Engine::Uml)?;
            }
            Ok::<(), String>(())
        };
        let workers: Vec<_> = (0..processors).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .try_for_each(|it| it.join().unwrap_or(Err("it panicked".to_owned())))
    })?;
    let seconds = began.elapsed().as_secs_f64();
    let rate = runs as f64 / seconds;
    let each = rate / processors as f64;
    Ok(format!(
        "{runs} failovers in uml on {processors} processors: {seconds:.1} s, {rate:.1} a second, \
         {each:.1} a second and processor"
    ))
}
