//! The same run by the libraries, with a time measured after each part.

use std::path::Path;
use std::time::{Duration, Instant};

use engine::vm::{Cache, Machine, Provision};
use engine::{Interrupt, Ready, Request, RunHooks};
use report::LadderOptions;
use tests::{Figures, Lesson};

/// How long each part takes, in the order of the parts.
pub(crate) fn measure(
    lesson: &Lesson,
    runs: usize,
) -> Result<Vec<(&'static str, Figures)>, String> {
    let mut phases: Vec<(&'static str, Figures)> = Vec::new();
    for _ in 0..runs {
        for (index, (phase, time)) in once(lesson)?.into_iter().enumerate() {
            if phases.len() == index {
                phases.push((phase, Figures::default()));
            }
            phases[index].1.add(time);
        }
    }
    Ok(phases)
}

/// A stopwatch that gives the time since its last lap.
struct Laps {
    last: Instant,
    laps: Vec<(&'static str, Duration)>,
}

impl Laps {
    fn end(&mut self, phase: &'static str) {
        let now = Instant::now();
        self.laps.push((phase, now - self.last));
        self.last = now;
    }
}

fn once(lesson: &Lesson) -> Result<Vec<(&'static str, Duration)>, String> {
    let source = std::fs::read_to_string(&lesson.path).map_err(|error| error.to_string())?;
    let out = tempfile::tempdir().map_err(|error| error.to_string())?;
    let words = |error: engine::vm::VmError| error.to_string();
    let mut laps = Laps {
        last: Instant::now(),
        laps: Vec::new(),
    };
    let scenario = scenario::parse(&lesson.name, &source)
        .map_err(|mistakes| format!("the scenario has {} mistakes", mistakes.len()))?;
    let request = Request::of(scenario, source);
    laps.end("parse and check the scenario");
    let cache = Cache::of_user().map_err(words)?;
    let mut silent = |_: engine::Progress<'_>| {};
    let mut provision = Provision::new(&cache, &mut silent);
    let (qemu, kernel) = (
        provision.qemu().map_err(words)?,
        provision.kernel().map_err(words)?,
    );
    laps.end("find QEMU and the kernel");
    let machine = Machine::prepare(&qemu, &kernel, &cache, &mut |_| {}).map_err(words)?;
    let loaded = machine
        .load(Path::new("/proc/self/exe"), &mut |_| {})
        .map_err(words)?;
    laps.end("find the saved machine");
    let marks = std::cell::RefCell::new(&mut laps);
    let first = std::cell::Cell::new(true);
    let hooks = RunHooks {
        progress: &|_| {
            // The guest first tells that the network is there, and then of each step.
            if first.replace(false) {
                marks
                    .borrow_mut()
                    .end("start QEMU, resume, take the request in");
            }
        },
        onlooker: None,
        interrupt: &Interrupt::default(),
        deaf: |_| {},
    };
    let recording = Ready::run(&loaded, &request, &hooks).map_err(|error| error.to_string())?;
    laps.end("network, steps, recording");
    let verdict = oracle::judge(request.scenario(), &recording);
    laps.end("judge");
    recording
        .write(&out.path().join("run"))
        .map_err(|error| error.to_string())?;
    laps.end("write the recording");
    let options = LadderOptions::default();
    let ladder = report::ladder(&recording, &options);
    std::hint::black_box(ladder + &report::verdict(&verdict, &recording, &options));
    laps.end("draw ladder and verdict");
    if verdict.passed() {
        Ok(laps.laps)
    } else {
        Err("it failed".into())
    }
}
