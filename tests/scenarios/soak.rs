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

/// The first seed, if it is not 1: with others, chance is tried anew.
const FIRST_SEED: &str = "SCTP_LAB_SOAK_SEED";

/// What a trial does with the course.
type Body = Box<dyn Fn(&[Lesson]) -> Result<(), Failed> + Send>;

/// A run of a lesson, plain or sabotaged, by its name.
type Run = (String, Box<dyn Fn() -> Result<Completion, Failed> + Sync>);

pub(crate) fn all(lab: Lab, course: &[Lesson], vm: &Need, uml: &Need) -> Vec<Trial> {
    let ignored = |need: &Need, name: &str, body: Body| {
        let course = course.to_vec();
        need.trial(format!("soak::{name}"), move || body(&course))
            .with_ignored_flag(true)
    };
    let mut trials = of_seeds(lab, Engine::Vm, |name, body| ignored(vm, name, body));
    trials.extend(of_seeds(lab, Engine::Uml, |name, body| {
        ignored(uml, &format!("{name}@uml"), body)
    }));
    let other_kernel = vm.clone().and(Need::other_kernel());
    let course = course.to_vec();
    trials.extend([
        ignored(
            vm,
            "ten-under-load",
            Box::new(move |course| {
                let _load = Load::on_every_processor();
                let runs = plain(lab, course, &Variant::default());
                (0..ROUNDS).try_for_each(|_| every(&runs))
            }),
        ),
        other_kernel.trial("other-kernel::course", move || {
            let variant = Variant {
                kernel: std::env::var_os("SCTP_LAB_OTHER_KERNEL").map(Into::into),
                ..Variant::default()
            };
            every(&plain(lab, &course, &variant))
        }),
    ]);
    trials
}

/// Trials of the course with eight seeds. A flow must not depend on chance: every change of
/// the lab makes other random numbers.
fn of_seeds(lab: Lab, engine: Engine, ignored: impl Fn(&str, Body) -> Trial) -> Vec<Trial> {
    let variants = move || {
        let first = std::env::var(FIRST_SEED).map_or(Ok(1), |it| it.parse());
        let first: u64 = first.map_err(|why| format!("{FIRST_SEED}: {why}"))?;
        let of_seed = move |seed| Variant {
            engine,
            seed: Some(seed),
            ..Variant::default()
        };
        Ok::<_, Failed>((first..first + SEEDS).map(of_seed))
    };
    vec![
        ignored(
            "eight-seeds",
            Box::new(move |course| {
                all_of(variants()?.map(|variant| every(&plain(lab, course, &variant))))
            }),
        ),
        ignored(
            "eight-seeds-sabotaged",
            Box::new(move |course| {
                all_of(variants()?.map(|variant| every(&sabotaged(lab, course, &variant))))
            }),
        ),
    ]
}

/// How the course is to be run.
struct Variant {
    engine: Engine,
    seed: Option<u64>,
    kernel: Option<PathBuf>,
}

impl Default for Variant {
    fn default() -> Self {
        Self {
            engine: Engine::Vm,
            seed: None,
            kernel: None,
        }
    }
}

impl Variant {
    fn of(&self, lesson: &Lesson) -> Wanted {
        Wanted {
            seed: self.seed,
            kernel: self.kernel.clone(),
            ..Wanted::of(lesson, self.engine)
        }
    }
}

fn plain(lab: Lab, course: &[Lesson], variant: &Variant) -> Vec<Run> {
    let of_lesson = |lesson: &Lesson| -> Run {
        let wanted = variant.of(lesson);
        let lesson = lesson.clone();
        let name = format!("{}{}", lesson.name, of_seed(variant.seed));
        (name, Box::new(move || passes(lab, &lesson, &wanted)))
    };
    course.iter().map(of_lesson).collect()
}

fn sabotaged(lab: Lab, course: &[Lesson], variant: &Variant) -> Vec<Run> {
    let of_lesson = |lesson: &Lesson| -> Vec<Run> {
        let sabotages = lesson.scenario.sabotages.iter().enumerate();
        let runs = sabotages.map(|(index, sabotage)| -> Run {
            let wanted = Wanted {
                sabotage: Some(index + 1),
                ..variant.of(lesson)
            };
            let (lesson, sabotage) = (lesson.clone(), sabotage.clone());
            let title = &sabotage.title;
            let name = format!("{} ({title}){}", lesson.name, of_seed(variant.seed));
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

/// The errors of all rounds.
fn all_of(rounds: impl Iterator<Item = Result<(), Failed>>) -> Result<(), Failed> {
    let wrong: Vec<_> = rounds.filter_map(Result::err).collect();
    if wrong.is_empty() {
        return Ok(());
    }
    let messages = wrong.iter().map(|it| it.message().unwrap_or("failed"));
    Err(messages.collect::<Vec<_>>().join("\n").into())
}

/// Does all runs, one a processor, and reports all that went wrong.
fn every(runs: &[Run]) -> Result<(), Failed> {
    let next = AtomicUsize::new(0);
    let wrong = Mutex::new(Vec::new());
    let work = || {
        while let Some((name, run)) = runs.get(next.fetch_add(1, Ordering::Relaxed)) {
            // A flow that differs makes the run panic.
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
