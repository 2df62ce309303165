//! A lesson, and the ladders for its exercises.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use course::UNITS;
use exercise::Sheet;
use recording::Recording;
use scenario::{Ask, Scenario};

use super::sheets;
use crate::args::Learn;
use crate::console::{self, Progress};
use crate::exit::Exit;
use crate::interrupt;
use crate::judged;
use crate::library::{self, Loaded};
use crate::single::Single;

/// A lesson of the course, or a scenario file with exercises.
pub(super) struct Lesson {
    pub(super) name: String,
    /// The lesson as the command line names it. A file's path is not the scenario's name.
    asked: String,
    pub(super) source: String,
    pub(super) scenario: Scenario,
}

/// The chosen lessons, in the order of the course.
pub(super) fn names(what: Option<&str>) -> Result<Vec<String>, Exit> {
    let all = |lessons: &[&str]| lessons.iter().map(|it| (*it).to_owned()).collect();
    let Some(what) = what else {
        let every: Vec<&str> = UNITS.iter().flat_map(|it| it.lessons).copied().collect();
        return Ok(all(&every));
    };
    if let Ok(number) = what.parse::<usize>() {
        let unit = number.checked_sub(1).and_then(|index| UNITS.get(index));
        return unit.map(|unit| all(unit.lessons)).ok_or_else(|| {
            console::error_with_remedy(
                &format!("there is no unit {number}"),
                Some(&format!(
                    "the units are 1 to {}: sctp-lab list",
                    UNITS.len()
                )),
            );
            Exit::Wrong
        });
    }
    // A name that a unit and a lesson share means the lesson.
    let is_lesson = course::place(what).is_some();
    match UNITS.iter().find(|unit| unit.name == what && !is_lesson) {
        Some(unit) => Ok(all(unit.lessons)),
        None => Ok(vec![what.to_owned()]),
    }
}

/// Whether a lesson of the course has exercises.
pub(super) fn has_exercises(name: &str) -> bool {
    sheets::is_there(name)
}

impl Lesson {
    pub(super) fn load(name: &str) -> Result<Self, Exit> {
        let mut found = library::load(&[name.to_owned()]);
        if found.complain() {
            return Err(Exit::Wrong);
        }
        let (Some(loaded), true) = (found.loaded.pop(), found.loaded.is_empty()) else {
            console::error("name a unit or one lesson");
            return Err(Exit::Wrong);
        };
        let Loaded {
            name: own,
            source,
            scenario,
            ..
        } = loaded;
        Ok(Self {
            name: own,
            asked: name.to_owned(),
            source,
            scenario,
        })
    }

    pub(super) fn exercises(&self) -> usize {
        self.scenario.exercises.len()
    }

    /// The exercise that is answered by a file: its number and that of its sabotage, both
    /// from 1.
    pub(super) fn green(&self) -> Option<(usize, usize)> {
        let mut exercises = self.scenario.exercises.iter().zip(1..);
        exercises.find_map(|(exercise, number)| match exercise.ask {
            Ask::MakeItGreen { sabotage } => Some((number, sabotage.get())),
            _ => None,
        })
    }

    /// The sheet that the exercises are cut from: of a recording, of the run that the lab keeps,
    /// or of a run that is made now.
    pub(super) fn sheet(&self, args: &Learn) -> Result<Sheet, Exit> {
        let kept = self.kept();
        if let Some(folder) = &args.recording {
            let recording = judged::read(folder)?;
            if recording.info.scenario != self.name || recording.info.sabotage.is_some() {
                console::error(&format!(
                    "{} is no plain recording of {}",
                    folder.display(),
                    self.name
                ));
                return Err(Exit::Wrong);
            }
            return Ok(report::sheet(&self.scenario, &recording, &BTreeMap::new()));
        }
        match kept {
            Some(sheet) if !args.fresh => Ok(sheet),
            _ => self.run(args),
        }
    }

    /// The sheet that the lab keeps, if the lesson belongs to the course.
    pub(super) fn kept(&self) -> Option<Sheet> {
        let is_of_the_course = self.asked == self.name;
        is_of_the_course.then(|| sheets::of(&self.name))?
    }

    /// Runs the lesson's scenario, and once more under each sabotage that an exercise is about.
    fn run(&self, args: &Learn) -> Result<Sheet, Exit> {
        let single = Single::load(&self.asked, &args.site)?;
        let progress = Progress::new();
        let ready = single.make_ready(&progress)?;
        let interrupt = interrupt::listen();
        let plain = single.run(ready.as_ref(), &interrupt, &progress, None)?;
        let mut sabotaged: BTreeMap<usize, Recording> = BTreeMap::new();
        for exercise in &self.scenario.exercises {
            if let Ask::FindTheFault { sabotage, .. } = exercise.ask {
                let number = sabotage.get();
                let single = single.under(number - 1)?;
                let run = single.run(ready.as_ref(), &interrupt, &progress, None)?;
                sabotaged.insert(number, run);
            }
        }
        Ok(report::sheet(&self.scenario, &plain, &sabotaged))
    }

    /// The heading of the exercises: the place in the course, and the lesson.
    pub(super) fn heading(&self, open: usize) -> String {
        let mut text = format!("\n── {} ──\n", self.name);
        if let Some(place) = course::place(&self.name) {
            let _ = writeln!(text, "{place}");
        }
        let title = report::escape(&self.scenario.title);
        let _ = writeln!(text, "\n{title}\n");
        for line in self.scenario.lesson.trim_end().lines() {
            let _ = writeln!(text, "  {}", report::escape(line));
        }
        let all = self.exercises();
        let done = match all - open {
            0 => String::new(),
            done => format!(", {done} of them done"),
        };
        let _ = writeln!(
            text,
            "\nThe ladder of a run beside these words: sctp-lab explain {}\n\
             {}{done}. Answer in one line; ? shows the answer, s puts it off, q leaves.",
            self.asked,
            report::count(all as u64, "exercise")
        );
        text
    }

    /// The message when all exercises are done.
    pub(super) fn all_done(&self) -> String {
        match self.exercises() {
            0 => format!(
                "{} has no exercises: `sctp-lab explain {}` tells the lesson.\n",
                self.name, self.asked
            ),
            _ => format!("{}: all is done; --again asks once more.\n", self.name),
        }
    }

    /// The words at the end of a lesson: how many exercises are `left` unanswered, and what
    /// comes next.
    pub(super) fn end(&self, left: u64) -> String {
        let open = match left {
            0 => String::new(),
            _ => format!(
                "\n{} left open here: sctp-lab learn {} asks again.\n",
                report::count(left, "exercise"),
                self.asked
            ),
        };
        let next = match course::next(&self.name) {
            Some(course::Next::Lesson(name) | course::Next::Unit(_, name)) => name,
            Some(course::Next::End) => {
                return format!("{open}\nThis was the last lesson of the course.\n");
            }
            None => return open,
        };
        let verb = if has_exercises(next) {
            "learn"
        } else {
            "explain"
        };
        format!(
            "{open}\nThis was {}. Next: sctp-lab {verb} {next}\n",
            self.name
        )
    }

    /// The reason for the answer of an exercise, with the section to read.
    pub(super) fn because(&self, number: usize) -> String {
        let exercise = number.checked_sub(1);
        let exercise = exercise.and_then(|index| self.scenario.exercises.get(index));
        exercise.map_or_else(String::new, |it| {
            let title = it.rfc.title();
            let title = title.map_or_else(String::new, |title| format!(", {title}"));
            let words: Vec<&str> = it.because.split_whitespace().collect();
            told(
                &words.join(" "),
                &format!("{}{title}", it.rfc),
                &it.rfc.url(),
            )
        })
    }
}

/// An explanation with its source.
pub(super) fn told(because: &str, rfc: &str, url: &str) -> String {
    let mut text = String::new();
    for line in wrapped(because) {
        let _ = writeln!(text, "  {line}");
    }
    let _ = writeln!(text, "  {rfc}\n  {url}");
    text
}

/// Words in lines of at most 78 columns.
fn wrapped(words: &str) -> Vec<String> {
    const COLUMNS: usize = 78;
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        let word = report::escape(word);
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= COLUMNS => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    lines
}

/// The seed that decides how an exercise is shuffled.
pub(super) fn seed(args: &Learn, number: usize) -> u64 {
    args.site
        .seed
        .unwrap_or(0)
        .wrapping_mul(31)
        .wrapping_add(number as u64)
}
