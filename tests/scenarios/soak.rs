//! The whole course again and again: what `just soak` checks of it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use libtest_mimic::{Completion, Failed, Trial};
use recording::Engine;
use tests::{Lab, Lesson, Load, Need, Wanted};

use crate::course_trials::{is_found_out, passes};

const ROUNDS: usize = 10;
const SEEDS: u64 = 8;

/// What a trial does with the course.
type Body = Box<dyn Fn(&[Lesson]) -> Result<(), Failed> + Send>;

/// A run of a lesson, plain or sabotaged, and what it is called.
type Run = (String, Box<dyn Fn() -> Result<Completion, Failed> + Sync>);

pub(crate) fn all(lab: Lab, course: &[Lesson], vm: &Need) -> Vec<Trial> {
    let ignored = |name: &str, body: Body| {
        let course = course.to_vec();
        vm.trial(format!("soak::{name}"), move || body(&course))
            .with_ignored_flag(true)
    };
    let other_kernel = vm.clone().and(Need::other_kernel());
    let course = course.to_vec();
    vec![
        ignored(
            "ten-under-load",
            Box::new(move |course| {
                let _load = Load::on_every_processor();
                (0..ROUNDS).try_for_each(|_| every(&plain(lab, course, None, None)))
            }),
        ),
        ignored(
            "eight-seeds",
            Box::new(move |course| {
                (1..=SEEDS).try_for_each(|seed| every(&plain(lab, course, Some(seed), None)))
            }),
        ),
        ignored(
            "eight-seeds-sabotaged",
            Box::new(move |course| {
                (1..=SEEDS).try_for_each(|seed| every(&sabotaged(lab, course, seed)))
            }),
        ),
        other_kernel.trial("other-kernel::course", move || {
            let kernel = std::env::var_os("SCTP_LAB_OTHER_KERNEL").map(Into::into);
            every(&plain(lab, &course, None, kernel))
        }),
    ]
}

fn plain(lab: Lab, course: &[Lesson], seed: Option<u64>, kernel: Option<PathBuf>) -> Vec<Run> {
    let of_lesson = |lesson: &Lesson| -> Run {
        let wanted = Wanted {
            seed,
            kernel: kernel.clone(),
            ..Wanted::of(lesson, Engine::Vm)
        };
        let lesson = lesson.clone();
        let name = format!("{}{}", lesson.name, of_seed(seed));
        (name, Box::new(move || passes(lab, &lesson, &wanted)))
    };
    course.iter().map(of_lesson).collect()
}

fn sabotaged(lab: Lab, course: &[Lesson], seed: u64) -> Vec<Run> {
    let of_lesson = |lesson: &Lesson| -> Vec<Run> {
        let sabotages = lesson.scenario.sabotages.iter().enumerate();
        let runs = sabotages.map(|(index, sabotage)| -> Run {
            let wanted = Wanted {
                seed: Some(seed),
                sabotage: Some(index + 1),
                ..Wanted::of(lesson, Engine::Vm)
            };
            let (lesson, sabotage) = (lesson.clone(), sabotage.clone());
            let title = &sabotage.title;
            let name = format!("{} ({title}){}", lesson.name, of_seed(Some(seed)));
            let run = move || is_found_out(lab, &lesson, &sabotage, &wanted);
            (name, Box::new(run))
        });
        runs.collect()
    };
    course.iter().flat_map(of_lesson).collect()
}

fn of_seed(seed: Option<u64>) -> String {
    seed.map_or_else(String::new, |seed| format!(", seed {seed}"))
}

/// Does them all, one a processor, and tells of all that went wrong.
fn every(runs: &[Run]) -> Result<(), Failed> {
    let next = AtomicUsize::new(0);
    let wrong = Mutex::new(Vec::new());
    let work = || {
        while let Some((name, run)) = runs.get(next.fetch_add(1, Ordering::Relaxed)) {
            // A flow that differs is a panic.
            let went = catch_unwind(AssertUnwindSafe(run));
            let complaint = match went {
                Ok(Ok(_)) => continue,
                Ok(Err(failed)) => failed.message().unwrap_or("failed").to_owned(),
                Err(_) => "its flow differs".to_owned(),
            };
            let mut wrong = wrong.lock().unwrap_or_else(PoisonError::into_inner);
            wrong.push(format!("{name}: {complaint}"));
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let wrong = wrong.into_inner().unwrap_or_else(PoisonError::into_inner);
    if wrong.is_empty() {
        return Ok(());
    }
    Err(wrong.join("\n").into())
}
