use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use engine::{Ready, Request, RequestError};
use recording::Recording;
use report::{Case, Outcome};
use scenario::Scenario;

use crate::args::Run;
use crate::console::{self, Progress};
use crate::engines;
use crate::exit::Exit;
use crate::interrupt::Interrupt;
use crate::library::{self, Loaded};
use crate::told::{Answer, Told};
use crate::{outcome, place};

/// A scenario that is going to be run.
struct Task {
    scenario: Scenario,
    request: Request,
    folder: PathBuf,
    /// The scenario's file, as seen from here.
    file: String,
}

pub(crate) fn run(args: &Run) -> Exit {
    let started = Instant::now();
    let found = library::load_with(&args.scenarios, &args.place.set);
    let complained = found.complain() | library::complain_of_namesakes(&found.loaded, "recording");
    if complained | place::complain_of_options(&args.place) {
        return Exit::Wrong;
    }
    let tasks: Vec<Task> = match found.loaded.into_iter().map(|it| task(it, args)).collect() {
        Ok(tasks) => tasks,
        Err(error) => {
            console::error(&error.to_string());
            return Exit::Wrong;
        }
    };
    if let Err(exit) = has_places(args, &tasks) {
        return exit;
    }
    let progress = Progress::new();
    let scenarios: Vec<&Scenario> = tasks.iter().map(|task| &task.scenario).collect();
    let ready = match place::make_ready(&args.place, &scenarios, args.json, &progress) {
        Ok(ready) => ready,
        Err(exit) => return exit,
    };
    let exit = run_all(args, &tasks, ready.as_ref(), &progress, started);
    progress.done();
    exit
}

fn task(loaded: Loaded, args: &Run) -> Result<Task, RequestError> {
    let mut folder = loaded.name.clone();
    if let Some(number) = args.sabotage {
        folder.push_str(&format!("-sabotage-{number}"));
    }
    let request = Request {
        name: loaded.name.clone(),
        source: loaded.source.clone(),
        sabotage: args.sabotage.map(|number| number.get() - 1),
        seed: place::seed(&args.place, &loaded.scenario),
        live: false,
    };
    Ok(Task {
        scenario: request.scenario()?,
        request,
        folder: args.out.join(folder),
        file: from_here(&loaded.path),
    })
}

/// Whether what comes of them has a place, before any time goes into it; complains
/// of all that have none.
fn has_places(args: &Run, tasks: &[Task]) -> Result<(), Exit> {
    let mut worst = Exit::Passed;
    for task in tasks {
        if let Err(error) = Recording::can_be_written(&task.folder) {
            let remedy = "--out DIR puts the recordings elsewhere";
            console::error_with_remedy(&error.to_string(), Some(remedy));
            worst = worst.max(Exit::of_folder(&error));
        }
    }
    if let Some(junit) = &args.junit
        && let Err(error) = disk::FileDraft::begin(junit)
    {
        console::error(&format!("{}: {error}", junit.display()));
        worst = worst.max(Exit::of_file(&error));
    }
    match worst {
        Exit::Passed => Ok(()),
        worst => Err(worst),
    }
}

fn from_here(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let relative = path.strip_prefix(&here).unwrap_or(path);
    relative.display().to_string()
}

/// Runs as many at once as wanted, and tells of each in the order of the
/// command line, as soon as those before it are told of.
fn run_all(
    args: &Run,
    tasks: &[Task],
    ready: &dyn Ready,
    progress: &Progress,
    started: Instant,
) -> Exit {
    let interrupt = Interrupt::listen();
    let next = AtomicUsize::new(0);
    let told: Mutex<Told> = Mutex::new(Told::new(tasks.len()));
    // To who waits for one scenario, what comes before it counts too.
    let alone = (tasks.len() == 1).then_some(started);
    let jobs = args.jobs.map_or_else(|| ready.jobs(), usize::from);
    std::thread::scope(|scope| {
        for _ in 0..jobs.min(tasks.len()) {
            scope.spawn(|| {
                while let Some(index) = Some(next.fetch_add(1, Ordering::Relaxed))
                    && let Some(task) = tasks.get(index)
                {
                    let began = alone.unwrap_or_else(Instant::now);
                    let result = one(args, task, ready, &interrupt, progress, began);
                    if let Ok(mut told) = told.lock() {
                        progress.done();
                        told.tell(index, result);
                    }
                }
            });
        }
    });
    let Ok(told) = told.into_inner() else {
        return Exit::Fault;
    };
    if tasks.len() > 1 && !args.json {
        console::print(&told.summary(started.elapsed()));
    }
    let worst = told.worst();
    match told.publish(args.junit.as_deref()) {
        Ok(()) => worst,
        Err(unpublished) => {
            console::error(&unpublished.words);
            worst.max(unpublished.exit)
        }
    }
}

fn one(
    args: &Run,
    task: &Task,
    ready: &dyn Ready,
    interrupt: &Interrupt,
    progress: &Progress,
    began: Instant,
) -> Answer {
    let limits = place::limits(&args.place, &task.scenario, ready);
    let name = &task.request.name;
    let say = |words: &str| progress.say(&format!("{name}: {words}"));
    let recording = match engines::run(ready, &task.request, limits, interrupt, &say, &|_| {}) {
        Ok(recording) => recording,
        Err(error) => {
            let exit = place::refused(name, &error);
            let outcome = Outcome::NotRun(error.to_string());
            let case = case(task, String::new(), began.elapsed(), outcome);
            let text = String::new();
            return Answer { text, exit, case };
        }
    };
    judged(args, task, &recording, began.elapsed())
}

fn case(task: &Task, place: String, wall: Duration, outcome: Outcome) -> Case {
    let sabotage = task.request.sabotage.map(|index| index + 1);
    let sabotage = sabotage.map(|number| format!(" (sabotage {number})"));
    Case {
        name: format!("{}{}", task.request.name, sabotage.unwrap_or_default()),
        file: task.file.clone(),
        place,
        wall,
        outcome,
    }
}

fn judged(args: &Run, task: &Task, recording: &Recording, wall: Duration) -> Answer {
    let verdict = oracle::judge(&task.scenario, recording);
    let sabotage = task
        .request
        .sabotage
        .and_then(|index| task.scenario.sabotages.get(index));
    let info = &recording.info;
    let place = format!("{}, {}", info.engine, info.kernel);
    if let Err(error) = recording.write(&task.folder) {
        console::error(&error.to_string());
        return Answer {
            text: String::new(),
            exit: Exit::of_folder(&error),
            case: case(task, place, wall, Outcome::NotRun(error.to_string())),
        };
    }
    let text = if args.json {
        let mut line = outcome::json(recording, &verdict);
        line["proof"] = outcome::proof_json(sabotage, &verdict);
        console::json(&line)
    } else {
        let options = console::ladder_options(args.full);
        let ladder = !args.quiet && args.scenarios.len() == 1 && args.scenarios[0] != "all";
        let mut text = outcome::text(recording, &verdict, &options, ladder, wall);
        if let Some(sabotage) = sabotage {
            text.push_str(&outcome::sabotage_text(sabotage, &verdict));
        }
        text.push_str(&format!("recording: {}\n", task.folder.display()));
        text
    };
    let good = outcome::good(sabotage, &verdict);
    let exit = Exit::of_verdict(good);
    let outcome = match &verdict.skipped {
        Some(skip) => Outcome::Skipped(skip.to_string()),
        None if good => Outcome::Good,
        None => Outcome::Bad(verdict),
    };
    let case = case(task, place, wall, outcome);
    Answer { text, exit, case }
}
