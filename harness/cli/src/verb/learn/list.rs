//! Lists the lessons with exercises, and the progress in each.

use std::fmt::Write as _;

use course::UNITS;

use super::kept::Kept;
use super::lesson::{Lesson, has_exercises};
use crate::console;
use crate::exit::Exit;

pub(super) fn run(names: &[String], kept: &Kept) -> Result<Exit, Exit> {
    let mut text = String::new();
    let mut unit_before = None;
    let mut next = None;
    for name in names.iter().filter(|name| has_exercises(name)) {
        let lesson = Lesson::load(name)?;
        let place = course::place(name);
        let unit = place.map(|it| it.unit);
        if let Some(index) = unit.filter(|_| unit != unit_before) {
            let gap = if text.is_empty() { "" } else { "\n" };
            let _ = writeln!(text, "{gap}{}. {}", index + 1, UNITS[index].title);
        }
        unit_before = unit;
        let all = lesson.exercises();
        let done = (1..=all).filter(|it| kept.has_done(name, *it)).count();
        let mark = if done == all { "✓" } else { " " };
        let _ = writeln!(text, "{mark} {done} of {all}  {name}");
        if done < all && next.is_none() {
            next = Some(name.clone());
        }
    }
    if text.is_empty() {
        text.push_str("There are no exercises here: `sctp-lab learn --list` has all there are.\n");
    } else if let Some(next) = next {
        let _ = writeln!(text, "\nNext: sctp-lab learn {next}");
    } else {
        text.push_str("\nAll is done.\n");
    }
    console::print(&text);
    Ok(Exit::Passed)
}
