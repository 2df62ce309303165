//! `sctp-lab run`: runs scenarios, on one kernel or several, with one stack or several.

mod column;
mod known;
mod matrix;
mod stacks;
mod task;

use std::borrow::Cow;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use engine::Ready;
use expected::Expectation;
use recording::Recording;
use scenario::Scenario;

use crate::args::Remote;
use crate::args::Run;
use crate::console::{self, Progress};
use crate::exit::Exit;
use crate::interrupt::{self, Interrupt};
use crate::library;
use crate::programs;
use crate::site;
use crate::told::Told;
use column::Column;
use task::one;

pub(crate) fn run(args: &Run) -> Exit {
    run_on(args, None)
}

/// As [`run`], with the stack of another host instead of a kernel.
pub(crate) fn against(args: &Run, remote: &Remote) -> Exit {
    run_on(args, Some(remote))
}

fn run_on(args: &Run, remote: Option<&Remote>) -> Exit {
    let started = Instant::now();
    let mut found = library::load_with(&args.scenarios, &args.site.set);
    let complained = found.complain() | library::complain_of_namesakes(&found.loaded, "recording");
    if complained | site::complain_of_options(&args.site) {
        return Exit::Wrong;
    }
    if remote.is_some_and(|it| it.complain(&args.site, &found.loaded)) {
        return Exit::Wrong;
    }
    let scenarios: Vec<&Scenario> = found.loaded.iter().map(|it| &it.scenario).collect();
    if programs::complain_of_strangers(&args.site, &scenarios)
        | args.stacks.complain(&args.site, &scenarios)
    {
        return Exit::Wrong;
    }
    let known = match known::of(&args.expect) {
        Ok(known) => known,
        Err(exit) => return exit,
    };
    let progress = Progress::new();
    let mut args = args.clone();
    if let Err(exit) = site::with_debian(&mut args.site, &progress) {
        return exit;
    }
    let mut met: Option<Box<dyn Ready>> = None;
    if let Some(remote) = remote {
        match remote.meet(&mut found.loaded, &progress) {
            Ok(there) => met = Some(Box::new(there)),
            Err(exit) => return exit,
        }
    }
    let columns = match column::each(&args, &found.loaded) {
        Ok(columns) => columns,
        Err(exit) => return exit,
    };
    let done = has_places(&args, &columns)
        .and_then(|()| run_columns(&args, &columns, met, &known, &progress, started));
    done.unwrap_or_else(|exit| exit)
}

/// Checks before any run that all recordings and the JUnit file can be written. Complains of
/// each that cannot.
fn has_places(args: &Run, columns: &[Column]) -> Result<(), Exit> {
    let mut worst = Exit::Passed;
    for task in columns.iter().flat_map(|column| &column.tasks) {
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

/// Makes every kernel ready before the first scenario runs. Then runs the columns one after
/// the other.
fn run_columns(
    args: &Run,
    columns: &[Column],
    met: Option<Box<dyn Ready>>,
    known: &[Expectation],
    progress: &Progress,
    started: Instant,
) -> Result<Exit, Exit> {
    let is_elsewhere = met.is_some();
    let mut ready: Vec<Box<dyn Ready>> = met.into_iter().collect();
    for column in columns.iter().skip(ready.len()) {
        let tasks = column.tasks.iter();
        let scenarios: Vec<Cow<'_, Scenario>> = tasks.map(|it| it.request.applied()).collect();
        let scenarios: Vec<&Scenario> = scenarios.iter().map(AsRef::as_ref).collect();
        ready.push(site::make_ready(
            &column.args.site,
            &scenarios,
            args.json,
            progress,
        )?);
    }
    let interrupt = interrupt::listen();
    let mut all = Told::new(0);
    for (column, ready) in columns.iter().zip(&ready) {
        if let (Some(label), false) = (&column.label, args.json) {
            console::print(&format!("\n── {label} ──\n"));
        }
        let told = run_all(column, ready.as_ref(), &interrupt, progress, started)?;
        all.take_over(told);
    }
    if is_elsewhere && !args.json {
        console::print(&all.skips());
    }
    let mut worst = all.worst();
    if columns.iter().any(|it| it.args.stacks.file().is_some()) {
        if columns.len() > 1 {
            stacks::tell(columns, args.json);
        }
    } else if columns.len() > 1 {
        let engines: Vec<&dyn Ready> = ready.iter().map(AsRef::as_ref).collect();
        let exit = matrix::tell(columns, &engines, known, args.json, &interrupt, progress);
        // Under a sabotage, the sabotage is tested, and not the kernels.
        if args.sabotage.is_none() {
            worst = worst.max(exit);
        }
    }
    progress.done();
    Ok(match all.publish(args.junit.as_deref()) {
        Ok(()) => worst,
        Err(unpublished) => {
            console::error(&unpublished.words);
            worst.max(unpublished.exit)
        }
    })
}

/// Runs the tasks of a column, several at once. Prints each result in the order of the
/// command line, as soon as the results before it are printed.
fn run_all(
    column: &Column,
    ready: &dyn Ready,
    interrupt: &Interrupt,
    progress: &Progress,
    started: Instant,
) -> Result<Told, Exit> {
    let Column { args, tasks, label } = column;
    let next = AtomicUsize::new(0);
    let told: Mutex<Told> = Mutex::new(Told::new(tasks.len()));
    // The wall time of a single scenario includes the preparation of its engine.
    let is_alone = tasks.len() == 1 && label.is_none();
    let started = if label.is_none() {
        started
    } else {
        Instant::now()
    };
    let jobs = args.jobs.map_or_else(|| ready.jobs(), usize::from);
    std::thread::scope(|scope| {
        for _ in 0..jobs.min(tasks.len()) {
            scope.spawn(|| {
                while let Some(index) = Some(next.fetch_add(1, Ordering::Relaxed))
                    && let Some(task) = tasks.get(index)
                {
                    let began = if is_alone { started } else { Instant::now() };
                    let result = one(args, task, ready, interrupt, progress, began);
                    if let Ok(mut told) = told.lock() {
                        progress.done();
                        told.tell(index, result);
                    }
                }
            });
        }
    });
    let told = told.into_inner().map_err(|_| Exit::Fault)?;
    if tasks.len() > 1 && !args.json {
        console::print(&told.summary(started.elapsed()));
    }
    Ok(told)
}
