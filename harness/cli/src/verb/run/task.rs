//! A task: runs one scenario on one kernel, keeps the recording, and prints the result.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use engine::{Ready, Request};
use recording::{Ended, Recording};
use report::{Case, Outcome};
use scenario::Level;

use crate::args::Run;
use crate::console::{self, Progress};
use crate::engines;
use crate::exit::Exit;
use crate::interrupt::Interrupt;
use crate::judged::Judged;
use crate::library::Loaded;
use crate::outcome::{self, Must};
use crate::site;
use crate::told::Answer;

/// A scenario that is going to be run.
pub(super) struct Task {
    pub(super) request: Request,
    /// Where its recording goes.
    pub(super) folder: PathBuf,
    /// The scenario's file, relative to the current folder if the file is in it.
    file: String,
    /// Whether good results are not printed: the table of all kernels or stacks shows them.
    is_brief: bool,
}

pub(super) fn task(loaded: &Loaded, args: &Run, is_brief: bool) -> Result<Task, Exit> {
    let mut folder = loaded.name.clone();
    let mut request = site::request(&args.site, &loaded.scenario, &loaded.source)?;
    request.stack = args.stacks.file();
    if let Some(number) = args.sabotage {
        folder.push_str(&format!("-sabotage-{number}"));
        request = request.under(number.get() - 1).map_err(|error| {
            console::error(&error.to_string());
            Exit::Wrong
        })?;
    }
    Ok(Task {
        request,
        folder: args.out.join(folder),
        file: from_here(&loaded.path),
        is_brief,
    })
}

fn from_here(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let relative = path.strip_prefix(&here).unwrap_or(path);
    relative.display().to_string()
}

pub(super) fn one(
    args: &Run,
    task: &Task,
    ready: &dyn Ready,
    interrupt: &Interrupt,
    progress: &Progress,
    began: Instant,
) -> Answer {
    let recorded = engines::run(ready, &task.request, interrupt, Some(progress), None);
    let recording = match recorded {
        Ok(recording) => recording,
        Err(error) => {
            let exit = site::refused(task.request.name(), &error);
            let outcome = Outcome::NotRun(error.to_string());
            let case = case(task, String::new(), began.elapsed(), outcome);
            return Answer {
                text: String::new(),
                exit,
                fails_as_known: false,
                is_excused: false,
                case,
            };
        }
    };
    judged(args, task, recording, began.elapsed())
}

fn case(task: &Task, site: String, wall: Duration, outcome: Outcome) -> Case {
    let sabotage = task.request.sabotage().map(|index| index + 1);
    let sabotage = sabotage.map(|number| format!(" (sabotage {number})"));
    Case {
        name: format!("{}{}", task.request.name(), sabotage.unwrap_or_default()),
        file: task.file.clone(),
        place: site,
        wall,
        outcome,
    }
}

/// The level of a case whose failure does not count. A failure counts in any case if it
/// differs from a known failure, or if the run was stopped.
pub(super) fn excused_by(args: &Run, judged: &Judged) -> Option<Level> {
    let level = judged.scenario.level().filter(|it| *it != Level::Must)?;
    let info = &judged.recording.info;
    let was_stopped = matches!(info.ended, Ended::Early { .. }) || info.complaint.is_some();
    let must = judged.must();
    let fails = matches!(must, Must::Pass) && !must.is_good(&judged.verdict);
    (args.lenient && fails && !was_stopped).then_some(level)
}

fn judged(args: &Run, task: &Task, recording: Recording, wall: Duration) -> Answer {
    let judged = Judged::of_run(&task.request, recording);
    let must = judged.must();
    let (recording, verdict) = (&judged.recording, &judged.verdict);
    let info = &recording.info;
    let site = format!("{}, {}", info.engine, info.kernel);
    if let Err(error) = recording.write(&task.folder) {
        console::error(&error.to_string());
        return Answer {
            text: String::new(),
            exit: Exit::of_folder(&error),
            fails_as_known: false,
            is_excused: false,
            case: case(task, site, wall, Outcome::NotRun(error.to_string())),
        };
    }
    let excused = excused_by(args, &judged);
    let good = must.is_good(verdict) || excused.is_some();
    let fails_as_known = must.is_known_failure(verdict);
    let text = if args.json {
        console::json(&judged.json())
    } else if task.is_brief && good {
        String::new()
    } else {
        let options = console::ladder_options(args.full);
        let ladder = !args.quiet && args.scenarios.len() == 1 && args.scenarios[0] != "all";
        let mut text = outcome::text(recording, verdict, &options, ladder, wall);
        text.push_str(&must.text(verdict));
        if let Some(level) = excused {
            text.push_str(&format!(
                "the case rests on a {level}, so the failure does not count; with --strict it counts\n"
            ));
        }
        text.push_str(&format!("recording: {}\n", task.folder.display()));
        text
    };
    let exit = Exit::of_verdict(good);
    let outcome = match &verdict.skipped {
        Some(skip) => Outcome::Skipped(skip.to_string()),
        None if good => Outcome::Good,
        None => Outcome::Bad(judged.verdict),
    };
    let case = case(task, site, wall, outcome);
    Answer {
        text,
        exit,
        fails_as_known,
        is_excused: excused.is_some(),
        case,
    }
}
