//! The exercises of the course. What the lab keeps of runs for its exercises is what a run
//! shows today, and each file that a learner is to make green is red.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use exercise::{Sheet, agree, cut, green};
use libtest_mimic::{Completion, Failed, Trial};
use recording::{Engine, Recording};
use scenario::Ask;
use tests::{Lab, Lesson, Need, Wanted, repository};

/// The trials of one engine. `UPDATE_GENERATED=1` writes down what the runs show.
pub(crate) fn all(lab: Lab, course: &[Lesson], engine: Engine, need: &Need) -> Vec<Trial> {
    let with = course.iter().filter(|it| !it.scenario.exercises.is_empty());
    let mut trials = Vec::new();
    for lesson in with {
        let name = format!("exercises::{engine}::{}", lesson.name);
        let lesson = lesson.clone();
        trials.push(need.skippable_trial(name, move || {
            if let Some(lacking) = are_true(lab, &lesson, engine)? {
                return Ok(Completion::ignored_with(lacking));
            }
            is_red_and_can_be_green(lab, &lesson, engine)?;
            Ok(Completion::Completed)
        }));
    }
    trials
}

fn file_of(lesson: &Lesson) -> PathBuf {
    let folder = repository().join("harness/course/exercises");
    folder.join(format!("{}.json", lesson.name))
}

/// Each exercise can be cut from the kept sheet, and a run of today gives the same answers.
/// `Some` names what the lesson needs and the kernel lacks.
fn are_true(lab: Lab, lesson: &Lesson, engine: Engine) -> Result<Option<String>, Failed> {
    let run = |sabotage: Option<usize>| -> Result<Recording, String> {
        let wanted = Wanted {
            sabotage,
            ..Wanted::of(lesson, engine)
        };
        Ok(lab.run(&wanted)?.recording)
    };
    let plain = run(None)?;
    if let Some(lacking) = oracle::judge(&lesson.scenario, &plain).skipped {
        return Ok(Some(lacking.to_string()));
    }
    let mut sabotaged = BTreeMap::new();
    for exercise in &lesson.scenario.exercises {
        if let Ask::FindTheFault { sabotage, .. } = exercise.ask {
            sabotaged.insert(sabotage.get(), run(Some(sabotage.get()))?);
        }
    }
    let today = report::sheet(&lesson.scenario, &plain, &sabotaged);
    let file = file_of(lesson);
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        let needed = today.clone().needed_by(&lesson.scenario.exercises);
        let text = serde_json::to_string(&needed).map_err(|error| error.to_string())?;
        // Each line of the ladder is a line of the file.
        let text = text.replace("{\"at\":", "\n{\"at\":");
        fs::write(&file, text + "\n").map_err(|error| error.to_string())?;
    }
    let kept = fs::read_to_string(&file).map_err(|error| {
        let update = "UPDATE_GENERATED=1 cargo test -p tests --test scenarios exercises::vm::";
        format!("{}: {error}: `{update}` writes it", file.display())
    })?;
    let kept: Sheet = serde_json::from_str(&kept).map_err(|error| error.to_string())?;
    let mut wrong = Vec::new();
    for exercise in &lesson.scenario.exercises {
        if let Err(why) = agree(exercise, &kept, &today) {
            wrong.push(format!(
                "line {}, {}: {why}",
                exercise.line,
                exercise.ask.word()
            ));
        }
        // The right answer is taken for right, however the choices are shuffled.
        for seed in 0..8 {
            if let Ok(question) = cut(exercise, &kept, seed)
                && !question
                    .number
                    .is_some_and(|it| question.is_right(&it.value.to_string()))
                && !question.accepted.iter().all(|it| question.is_right(it))
            {
                wrong.push(format!("line {}: its answer is not right", exercise.line));
            }
        }
    }
    match wrong.is_empty() {
        true => Ok(None),
        false => Err(format!("{}: {}", lesson.path.display(), wrong.join("\n")).into()),
    }
}

/// The file that a learner gets is a good scenario that fails. Its check passes for the
/// scenario itself, and not for that file.
fn is_red_and_can_be_green(lab: Lab, lesson: &Lesson, engine: Engine) -> Result<(), Failed> {
    let text = fs::read_to_string(&lesson.path).map_err(|error| error.to_string())?;
    for exercise in &lesson.scenario.exercises {
        let Ask::MakeItGreen { sabotage } = exercise.ask else {
            continue;
        };
        let task = green::task(&lesson.scenario, &text, sabotage.get());
        let task = task.ok_or("its text is not in the style of the course")?;
        let scratch = tempfile::tempdir().map_err(|error| error.to_string())?;
        let ends = |name: &str, text: &str| -> Result<Option<i32>, String> {
            let file = scratch.path().join(format!("{name}.yaml"));
            fs::write(&file, text).map_err(|error| error.to_string())?;
            Ok(lab.run(&Wanted::file(&file, engine))?.exit)
        };
        let ended = ends("task", &task)?;
        if ended != Some(1) {
            return Err(format!("{ended:?}: what is to be made green is not red:\n{task}").into());
        }
        let checked = green::check(&task, &text);
        // The check may name the step that is missing in the task.
        if scenario::parse("checked", &checked).is_ok() && ends("checked", &checked)? != Some(1) {
            return Err(format!("what checks it is green beforehand:\n{checked}").into());
        }
        let solved = green::check(&text, &text);
        let ended = ends("solved", &solved)?;
        if ended != Some(0) {
            return Err(format!("{ended:?}: what checks it cannot be green:\n{solved}").into());
        }
        let learners = scenario::parse("task", &task).map_err(|it| format!("{it:#?}"))?;
        let changed = green::changed(&learners, &lesson.scenario);
        if !changed.is_empty() {
            return Err(format!("{}: {changed:?}", lesson.name).into());
        }
    }
    Ok(())
}
