//! `sctp-lab learn`: asks exercises on the lessons of the course, and keeps the progress.

mod ask;
mod class;
mod green;
mod kept;
mod lesson;
mod list;
mod mark;
mod reader;
mod sheets;

use crate::args::Learn;
use crate::console;
use crate::exit::Exit;
use ask::Asked;
use kept::Kept;
use lesson::Lesson;
use reader::Reader;

pub(crate) fn run(args: &Learn) -> Exit {
    match try_to(args) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn try_to(args: &Learn) -> Result<Exit, Exit> {
    if let Some(folder) = &args.mark {
        return mark::run(folder);
    }
    let names = lesson::names(args.what.as_deref())?;
    if let (Some(folder), Some(students)) = (&args.pack, &args.students) {
        return class::run(&names, folder, students, args.site.seed.unwrap_or(0));
    }
    if let Some(file) = &args.check {
        return check(args, &names, file);
    }
    let mut kept = Kept::open()?;
    if args.reset {
        return kept.forget(args.what.as_ref().map(|_| names.as_slice()));
    }
    if args.list {
        return list::run(&names, &kept);
    }
    walk(args, &names, &mut kept)
}

/// Checks a learner's file, and records the exercise as done if the file is green.
fn check(args: &Learn, names: &[String], file: &std::path::Path) -> Result<Exit, Exit> {
    let [name] = names else {
        console::error("one lesson at a time: name the lesson that the file is of");
        return Err(Exit::Wrong);
    };
    let lesson = Lesson::load(name)?;
    let Some((number, sabotage)) = lesson.green() else {
        console::error(&format!("no exercise of {name} is answered by a file"));
        return Err(Exit::Wrong);
    };
    let is_green = green::check(&lesson, sabotage, file, &args.site)?;
    if is_green {
        let mut kept = Kept::open()?;
        kept.note(name, number)?;
        console::print(&lesson.because(number));
    }
    Ok(Exit::of_verdict(is_green))
}

/// Asks lesson by lesson, until all exercises are done or the learner leaves.
fn walk(args: &Learn, names: &[String], kept: &mut Kept) -> Result<Exit, Exit> {
    kept::keep_after_ctrl_c();
    let mut reader = Reader::new();
    let mut worst = Exit::Passed;
    let (mut has_any, mut asked_any) = (false, false);
    for name in names {
        if !lesson::has_exercises(name) && names.len() > 1 {
            continue;
        }
        has_any = true;
        let lesson = Lesson::load(name)?;
        let open: Vec<usize> = (1..=lesson.exercises())
            .filter(|number| args.again || !kept.has_done(name, *number))
            .collect();
        if open.is_empty() {
            if names.len() == 1 {
                console::print(&lesson.all_done());
            }
            continue;
        }
        asked_any = true;
        let sheet = lesson.sheet(args)?;
        console::print(&lesson.heading(open.len()));
        let mut left = 0;
        for number in open {
            match ask::ask(&lesson, &sheet, number, args, &mut reader)? {
                Asked::Right => kept.note(name, number)?,
                Asked::Shown => {
                    worst = worst.max(Exit::Failed);
                    left += 1;
                }
                Asked::PutOff => left += 1,
                Asked::Left => {
                    console::print("\nYour place is kept: `sctp-lab learn` goes on from here.\n");
                    return Ok(worst);
                }
            }
        }
        console::print(&lesson.end(left));
    }
    if !asked_any && names.len() > 1 {
        let words = match has_any {
            true => "All exercises here are done; --again asks once more.\n",
            false => {
                "There are no exercises here yet: `sctp-lab explain LESSON` tells each lesson.\n"
            }
        };
        console::print(&format!(
            "{words}`sctp-lab list` has all lessons in their order.\n"
        ));
    }
    Ok(worst)
}
