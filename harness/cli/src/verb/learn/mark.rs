//! Marks the papers of a class, and sums the marks up.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use exercise::Question;
use serde::Deserialize;

use super::class::{FORMAT, SOLUTIONS, TEACHERS, before_answer, paper_of};
use crate::console;
use crate::exit::Exit;

/// The solutions that `--pack` has written for the teacher.
#[derive(Deserialize)]
struct Solutions {
    format: u64,
    students: BTreeMap<String, Vec<Solution>>,
}

#[derive(Deserialize)]
struct Solution {
    lesson: String,
    question: Question,
}

/// The mark of an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Right,
    Wrong,
    Open,
}

pub(super) fn run(folder: &Path) -> Result<Exit, Exit> {
    let solutions = read(folder)?;
    let mut text = String::new();
    let mut table = "student,exercise,lesson,kind,answer,mark\n".to_owned();
    let mut by_exercise: BTreeMap<usize, (String, usize, usize)> = BTreeMap::new();
    let mut absent = Vec::new();
    let longest = solutions.students.keys().map(|it| it.chars().count()).max();
    let width = longest.unwrap_or(0);
    for (student, solved) in &solutions.students {
        let Ok(paper) = fs::read(paper_of(folder, student)) else {
            absent.push(student.as_str());
            continue;
        };
        let paper = String::from_utf8_lossy(&paper);
        let mut right = 0;
        let mut open = 0;
        for (number, solution) in (1..).zip(solved) {
            let answer = answer(&paper, number);
            let mark = match answer.as_str() {
                "" => Mark::Open,
                answer if solution.question.is_right(answer) => Mark::Right,
                _ => Mark::Wrong,
            };
            right += usize::from(mark == Mark::Right);
            open += usize::from(mark == Mark::Open);
            let label = format!("{}, {}", solution.lesson, solution.question.kind);
            let sum = by_exercise.entry(number).or_insert((label, 0, 0));
            sum.1 += usize::from(mark == Mark::Right);
            sum.2 += 1;
            let _ = writeln!(
                table,
                "{},{number},{},{},{},{}",
                quoted(student),
                quoted(&solution.lesson),
                solution.question.kind,
                quoted(&answer),
                mark.word()
            );
        }
        let open = match open {
            0 => String::new(),
            open => format!(", {open} without an answer"),
        };
        let name = format!("{student:<width$}");
        let all = solved.len();
        let _ = writeln!(
            text,
            "{}  {right} of {all} right{open}",
            report::escape(&name)
        );
    }
    text.push('\n');
    for (number, (label, right, of)) in &by_exercise {
        let _ = writeln!(
            text,
            "{number:>3}. {}: {right} of {of} right",
            report::escape(label)
        );
    }
    for student in absent {
        let _ = writeln!(text, "no paper of {}", report::escape(student));
    }
    let results = folder.join(TEACHERS).join("results.csv");
    disk::replace(&results, table.as_bytes()).map_err(|error| {
        console::error(&format!("{}: {error}", results.display()));
        Exit::of_file(&error)
    })?;
    let _ = writeln!(text, "every answer: {}", results.display());
    console::print(&text);
    Ok(Exit::Passed)
}

fn read(folder: &Path) -> Result<Solutions, Exit> {
    let file = folder.join(TEACHERS).join(SOLUTIONS);
    let text = fs::read_to_string(&file).map_err(|error| {
        console::error_with_remedy(
            &format!("{}: {error}", file.display()),
            Some("name a folder that `sctp-lab learn --pack` has made"),
        );
        Exit::of_file(&error)
    })?;
    match serde_json::from_str::<Solutions>(&text) {
        Ok(solutions) if solutions.format == FORMAT => Ok(solutions),
        Ok(solutions) => {
            let words = format!("{}: form {} is not known", file.display(), solutions.format);
            console::error(&words);
            Err(Exit::Wrong)
        }
        Err(error) => {
            console::error(&format!("{}: {error}", file.display()));
            Err(Exit::Wrong)
        }
    }
}

impl Mark {
    fn word(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Wrong => "wrong",
            Self::Open => "none",
        }
    }
}

/// The words behind `answer N:`; behind the last one if there are several.
fn answer(paper: &str, number: usize) -> String {
    let before = before_answer(number);
    let mut lines = paper.lines().rev();
    let found = lines.find_map(|line| {
        let line = line.trim_start();
        let head = line.get(..before.len())?;
        head.eq_ignore_ascii_case(&before)
            .then(|| &line[before.len()..])
    });
    found.unwrap_or_default().trim().to_owned()
}

/// Quotes a field of CSV (RFC 4180). A field that a spreadsheet would take for a formula gets
/// an apostrophe in front.
fn quoted(field: &str) -> String {
    let is_formula = field.starts_with(['=', '+', '-', '@']);
    let guard = if is_formula { "'" } else { "" };
    format!("\"{guard}{}\"", field.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_what_stands_behind_its_number() {
        let paper = "answer 1: b a c\n  Answer 11: no\nanswer 2:\nanswer 1: a b c\r\n";
        assert_eq!(answer(paper, 1), "a b c");
        assert_eq!(answer(paper, 11), "no");
        assert_eq!(answer(paper, 2), "");
        assert_eq!(answer(paper, 3), "");
        assert_eq!(answer("é\nanswer 4: x", 4), "x");
    }

    #[test]
    fn a_field_is_no_formula() {
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
        assert_eq!(quoted("a\"b"), "\"a\"\"b\"");
    }
}
