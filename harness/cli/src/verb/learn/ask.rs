//! Asks one exercise, until it is answered, shown or postponed.

use std::fmt::Write as _;

use exercise::{CutError, Question, Sheet, cut};
use scenario::Ask;

use super::lesson::{Lesson, seed, told};
use super::{green, reader::Reader};
use crate::args::Learn;
use crate::console;
use crate::exit::Exit;

/// How a learner left an exercise.
pub(super) enum Asked {
    /// The answer was right.
    Right,
    /// The correct answer was shown.
    Shown,
    /// The exercise was postponed.
    PutOff,
    /// The learner has left.
    Left,
}

/// Number of wrong answers after which the correct one is shown.
const TRIES: usize = 3;

pub(super) fn ask(
    lesson: &Lesson,
    sheet: &Sheet,
    number: usize,
    args: &Learn,
    reader: &mut Reader,
) -> Result<Asked, Exit> {
    let exercise = &lesson.scenario.exercises[number - 1];
    let head = format!("\n{number}. {}\n", in_words(&exercise.ask));
    if let Ask::MakeItGreen { sabotage } = exercise.ask {
        console::print(&head);
        return Ok(green::ask(
            lesson,
            (number, sabotage.get()),
            &args.site,
            reader,
        ));
    }
    // The exercise compares a plain run with a sabotaged run. A recording comes without a
    // sabotaged run, and runs of different kernels must not be compared. So both ladders are
    // those that the lab keeps.
    let kept = match exercise.ask {
        Ask::FindTheFault { .. } if args.recording.is_some() => match lesson.kept() {
            Some(kept) => Some(kept),
            None => {
                console::print(&format!(
                    "{head}  It needs two runs: --fresh makes them. Put off.\n"
                ));
                return Ok(Asked::PutOff);
            }
        },
        _ => None,
    };
    let sheet = kept.as_ref().unwrap_or(sheet);
    match cut(exercise, sheet, seed(args, number)) {
        Ok(question) => {
            console::print(&format!("{head}{}", text(&question)));
            Ok(answered(&question, reader))
        }
        Err(error) => Err(untrue(lesson, exercise.line, sheet, &error)),
    }
}

/// Reports that the run does not show what the exercise asks about.
fn untrue(lesson: &Lesson, line: usize, sheet: &Sheet, error: &CutError) -> Exit {
    console::error_with_remedy(
        &format!(
            "{}: line {line}: no such exercise: {error} ({})",
            lesson.name, sheet.made
        ),
        Some("--fresh cuts the exercises from a run of your own file"),
    );
    Exit::Wrong
}

fn answered(question: &Question, reader: &mut Reader) -> Asked {
    let prompt = format!("{}> ", question.how);
    for tried in 1..=TRIES {
        let Some(answer) = reader.line(&prompt) else {
            return Asked::Left;
        };
        match answer.as_str() {
            "q" | "quit" | "exit" => return Asked::Left,
            "s" | "skip" => {
                console::print("  Put off: it is asked again next time.\n");
                return Asked::PutOff;
            }
            "?" | "help" => break,
            _ if question.is_right(&answer) => {
                console::print(&format!("✓ Right.\n{}", why(question)));
                return Asked::Right;
            }
            _ if tried < TRIES => {
                console::print("✗ Not so. Once more (? shows it, s puts it off).\n")
            }
            _ => console::print("✗ Not so.\n"),
        }
    }
    console::print(&format!(
        "  The answer: {}\n{}",
        question.answer,
        why(question)
    ));
    Asked::Shown
}

fn why(question: &Question) -> String {
    told(&question.because, &question.rfc, &question.url)
}

/// The question with its ladders and choices.
pub(super) fn text(question: &Question) -> String {
    let mut text = String::new();
    for picture in &question.pictures {
        if !picture.title.is_empty() {
            let _ = writeln!(text, "  {}:", picture.title);
        }
        for row in &picture.rows {
            let _ = writeln!(text, "    {row}");
        }
        text.push('\n');
    }
    let prompt = question.prompt.split_whitespace().collect::<Vec<_>>();
    let _ = writeln!(text, "{}", prompt.join(" "));
    for (letter, option) in ('a'..='z').zip(&question.options) {
        let _ = writeln!(text, "  {letter}) {option}");
    }
    text
}

/// The kinds of exercise, for a learner.
fn in_words(ask: &Ask) -> &'static str {
    match ask {
        Ask::Predict { .. } => "Predict what comes next",
        Ask::FillIn { .. } => "Fill in what is blank",
        Ask::Order { .. } => "Put in order",
        Ask::FindTheFault { .. } => "Find the fault",
        Ask::MakeItGreen { .. } => "Make it green",
    }
}
