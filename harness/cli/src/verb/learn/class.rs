//! Papers for a class: the same exercises for all students, shuffled for each, and
//! separate solutions.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use exercise::{Question, cut};
use serde_json::{Value, json};

use super::ask;
use super::lesson::{Lesson, has_exercises, told};
use crate::console;
use crate::exit::Exit;

/// The folder of the papers.
pub(super) const PAPERS: &str = "students";
/// The folder for the teacher.
pub(super) const TEACHERS: &str = "teacher";
/// The file of the solutions, in the teacher's folder.
pub(super) const SOLUTIONS: &str = "solutions.json";
/// Format of that file.
pub(super) const FORMAT: u64 = 1;

/// Greatest number of students.
const MOST: usize = 10_000;

/// The words before an answer in a paper.
pub(super) fn before_answer(number: usize) -> String {
    format!("answer {number}:")
}

pub(super) fn run(names: &[String], folder: &Path, given: &str, seed: u64) -> Result<Exit, Exit> {
    let students = students(given)?;
    let mut lessons = Vec::new();
    for name in names.iter().filter(|name| has_exercises(name)) {
        let lesson = Lesson::load(name)?;
        let Some(sheet) = lesson.kept() else { continue };
        lessons.push((lesson, sheet));
    }
    if lessons.is_empty() {
        console::error_with_remedy("no exercises there", Some("sctp-lab learn --list"));
        return Err(Exit::Wrong);
    }
    if fs::symlink_metadata(folder).is_ok() {
        let words = format!("{} is there already, and is left alone", folder.display());
        console::error_with_remedy(&words, Some("name a folder that is not there"));
        return Err(Exit::Wrong);
    }
    let mut solved = BTreeMap::new();
    let mut papers = Vec::new();
    for student in &students {
        let mut questions = Vec::new();
        for (lesson, sheet) in &lessons {
            for (index, exercise) in lesson.scenario.exercises.iter().enumerate() {
                let seed = mixed(seed, student, &lesson.name, index);
                // An exercise that is answered by a file is left to `learn --check`.
                if let Ok(question) = cut(exercise, sheet, seed) {
                    questions.push((lesson.name.clone(), question));
                }
            }
        }
        papers.push((student.clone(), paper(student, &questions)));
        solved.insert(student.clone(), questions);
    }
    write(folder, &papers, &solved, seed).map_err(|error| {
        console::error(&format!("{}: {error}", folder.display()));
        Exit::of_file(&error)
    })?;
    let papers = folder.join(PAPERS);
    console::print(&format!(
        "{} in {}\nsolutions in {}\nThe answers come back in the same files; then: sctp-lab learn \
         --mark {}\n",
        report::count(students.len() as u64, "paper"),
        papers.display(),
        folder.join(TEACHERS).display(),
        folder.display()
    ));
    Ok(Exit::Passed)
}

fn students(given: &str) -> Result<Vec<String>, Exit> {
    let wrong = |words: &str| {
        let remedy = "--students 24, or a file with one name a line";
        console::error_with_remedy(words, Some(remedy));
        Exit::Wrong
    };
    if let Ok(number) = given.parse::<usize>() {
        if !(1..=MOST).contains(&number) {
            return Err(wrong(&format!("a class has 1 to {MOST} students")));
        }
        let digits = number.to_string().len();
        return Ok((1..=number)
            .map(|it| format!("student-{it:0digits$}"))
            .collect());
    }
    let text = fs::read_to_string(given).map_err(|error| {
        console::error(&format!("{given}: {error}"));
        Exit::of_file(&error)
    })?;
    let names: Vec<String> = text
        .lines()
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    let mut known = BTreeSet::new();
    for name in &names {
        if name.starts_with('.') || name.len() > 100 || name.chars().any(is_bad) {
            return Err(wrong(&format!(
                "`{}` cannot be the name of a file",
                report::escape(name)
            )));
        }
        if !known.insert(name.to_lowercase()) {
            return Err(wrong(&format!("`{name}` is named twice")));
        }
    }
    match names.len() {
        1..=MOST => Ok(names),
        _ => Err(wrong(&format!("{given}: a class has 1 to {MOST} students"))),
    }
}

fn is_bad(character: char) -> bool {
    character == '/' || character == '\\' || character.is_control()
}

/// A separate seed for each student and exercise: FNV-1a over their names.
fn mixed(seed: u64, student: &str, lesson: &str, index: usize) -> u64 {
    let words = format!("{seed}\n{student}\n{lesson}\n{index}");
    words.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

fn paper(student: &str, questions: &[(String, Question)]) -> String {
    let mut text = format!(
        "Exercises for {student}\n\nWrite each answer behind its `answer N:`, and give this file \
         back under its name.\n"
    );
    for (number, (lesson, question)) in (1..).zip(questions) {
        let _ = write!(
            text,
            "\n== {number}. {lesson} ==\n\n{}({})\n{} \n",
            ask::text(question),
            question.how,
            before_answer(number)
        );
    }
    text
}

type Solved = BTreeMap<String, Vec<(String, Question)>>;

fn write(folder: &Path, papers: &[(String, String)], solved: &Solved, seed: u64) -> io::Result<()> {
    let (students, teachers) = (folder.join(PAPERS), folder.join(TEACHERS));
    fs::create_dir_all(&students)?;
    fs::create_dir(&teachers)?;
    for (student, text) in papers {
        disk::replace(&paper_of(folder, student), text.as_bytes())?;
    }
    let mut sheet = String::new();
    for (student, questions) in solved {
        let _ = writeln!(sheet, "{student}");
        for (number, (lesson, question)) in (1..).zip(questions) {
            let _ = writeln!(
                sheet,
                "\n{number}. {lesson}, {}: {}\n{}",
                question.kind,
                question.answer,
                told(&question.because, &question.rfc, &question.url)
            );
        }
    }
    disk::replace(&teachers.join("solutions.txt"), sheet.as_bytes())?;
    let questions = |of: &Vec<(String, Question)>| -> Value {
        let each = of.iter();
        each.map(|(lesson, question)| json!({"lesson": lesson, "question": question}))
            .collect()
    };
    let students: BTreeMap<&str, Value> = solved
        .iter()
        .map(|(student, of)| (student.as_str(), questions(of)))
        .collect();
    let all = json!({"format": FORMAT, "seed": seed, "students": students});
    disk::replace(&teachers.join(SOLUTIONS), format!("{all:#}\n").as_bytes())
}

pub(super) fn paper_of(folder: &Path, student: &str) -> PathBuf {
    folder.join(PAPERS).join(format!("{student}.txt"))
}
