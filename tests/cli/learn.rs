//! Tests `sctp-lab learn`: answers from a pipe, a learner's progress, and papers for a
//! class.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use exercise::{Sheet, cut, green};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::Value;
use tests::{Lab, Lesson, lesson, repository};

use crate::Body;
use crate::answer::Answer;

pub(crate) const ANYWHERE: &[(&str, Body)] = &[
    ("learn-right-answers", right),
    ("learn-wrong-answers", wrong),
    ("learn-place", place),
    ("learn-ctrl-c", interrupted),
    ("learn-class", class),
    ("learn-every-unit-one-lesson", every_lesson),
];

pub(crate) const IN_VM: &[(&str, Body)] = &[("learn-make-it-green", make_it_green)];

type Done<T> = Result<T, String>;

fn words<E: ToString>(error: E) -> String {
    error.to_string()
}

/// A command of a learner. `home` is the current folder, and holds the learner's progress.
fn learner(lab: Lab, home: &Path, words: &[&str]) -> Command {
    let mut command = lab.command();
    command.arg("learn").args(words).current_dir(home);
    command.env("XDG_STATE_HOME", home.join("state"));
    command
}

/// Runs the command with these lines on a pipe.
fn with_answers(command: &mut Command, lines: &str) -> Done<Answer> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.stderr(Stdio::piped()).spawn().map_err(words)?;
    let mut input = child.stdin.take().ok_or("no input")?;
    // A command that has heard enough closes the pipe.
    let _ = input.write_all(lines.as_bytes());
    drop(input);
    let output = child.wait_with_output().map_err(words)?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(Answer {
        exit: output.status.code(),
        out: text(&output.stdout),
        err: text(&output.stderr),
    })
}

fn sheet(name: &str) -> Done<Sheet> {
    let file = format!("harness/course/exercises/{name}.json");
    let text = fs::read_to_string(repository().join(file)).map_err(words)?;
    serde_json::from_str(&text).map_err(words)
}

/// A line for each exercise of a lesson: the right answer, or `s` where a file is wanted.
fn answers(lesson: &Lesson) -> Done<String> {
    let sheet = sheet(&lesson.name)?;
    let mut lines = String::new();
    for (exercise, number) in lesson.scenario.exercises.iter().zip(1..) {
        match cut(exercise, &sheet, number) {
            Ok(question) => lines.push_str(&match question.number {
                Some(number) => number.value.to_string(),
                None => question.accepted[0].clone(),
            }),
            Err(_) => lines.push('s'),
        }
        lines.push('\n');
    }
    Ok(lines)
}

fn right(lab: Lab) -> Done<()> {
    let home = tempfile::tempdir().map_err(words)?;
    let handshake = lesson("handshake");
    let lines = answers(&handshake)?;
    let count = handshake.scenario.exercises.len();
    let said = with_answers(&mut learner(lab, home.path(), &["handshake"]), &lines)?.exits(0)?;
    assert_eq!(said.out.matches("✓ Right.").count(), count, "{}", said.out);
    assert!(said.out.contains("RFC 9260 section 5.1"), "{}", said.out);
    assert!(
        said.out.contains("Next: sctp-lab learn one-to-one"),
        "{}",
        said.out
    );
    let again = with_answers(&mut learner(lab, home.path(), &["handshake"]), "")?.exits(0)?;
    assert!(again.out.contains("all is done"), "{}", again.out);
    // Without a lesson's name, `learn` goes on with the next lesson.
    let next = with_answers(&mut learner(lab, home.path(), &[]), "q\n")?.exits(0)?;
    assert!(next.out.contains("── one-to-one ──"), "{}", next.out);
    let list = with_answers(&mut learner(lab, home.path(), &["--list"]), "")?.exits(0)?;
    let done = format!("✓ {count} of {count}  handshake");
    assert!(list.out.contains(&done) && list.out.contains("Next: sctp-lab learn one-to-one"));
    Ok(())
}

fn wrong(lab: Lab) -> Done<()> {
    let home = tempfile::tempdir().map_err(words)?;
    let said = with_answers(
        &mut learner(lab, home.path(), &["closed-port"]),
        "quicksilver\n\n\u{1b}[2J\n?\ns\nq\n",
    )?
    .exits(1)?;
    assert_eq!(said.out.matches("✗ Not so").count(), 3, "{}", said.out);
    assert_eq!(said.out.matches("The answer: ").count(), 2, "{}", said.out);
    assert!(said.out.contains("Put off"), "{}", said.out);
    assert!(
        !said.out.contains('\u{1b}'),
        "what is typed moves no cursor"
    );
    let list = with_answers(&mut learner(lab, home.path(), &["1", "--list"]), "")?.exits(0)?;
    assert!(list.out.contains("  0 of 4  closed-port"), "{}", list.out);
    for strange in ["99", "0", "hand-shake", "-1"] {
        with_answers(&mut learner(lab, home.path(), &["--", strange]), "")?.exits(2)?;
    }
    // A very long line, and a NUL byte.
    let long = "a".repeat(1_000_000) + "\n\0\n";
    with_answers(&mut learner(lab, home.path(), &["closed-port"]), &long)?.exits(0)?;
    Ok(())
}

fn place(lab: Lab) -> Done<()> {
    let home = tempfile::tempdir().map_err(words)?;
    let state = home.path().join("state/sctp-lab");
    let lines = answers(&lesson("abort"))?;
    with_answers(&mut learner(lab, home.path(), &["abort"]), &lines)?.exits(0)?;
    let file = state.join("learn.json");
    let whole = fs::read(&file).map_err(words)?;
    fs::write(&file, &whole[..whole.len() / 2]).map_err(words)?;
    let said = with_answers(&mut learner(lab, home.path(), &["--list"]), "")?.exits(0)?;
    assert!(said.err.contains("it is damaged"), "{}", said.err);
    let aside = fs::read(state.join("learn.damaged")).map_err(words)?;
    assert_eq!(aside, whole[..whole.len() / 2]);
    fs::write(&file, &whole).map_err(words)?;
    with_answers(&mut learner(lab, home.path(), &["--reset", "shutdown"]), "")?.exits(0)?;
    assert_eq!(
        fs::read(&file).map_err(words)?,
        whole,
        "it is another lesson's"
    );
    with_answers(&mut learner(lab, home.path(), &["--reset"]), "")?.exits(0)?;
    let list = with_answers(&mut learner(lab, home.path(), &["abort", "--list"]), "")?;
    assert!(list.out.contains("  0 of "), "{}", list.out);
    let mut nowhere = learner(lab, home.path(), &[]);
    nowhere
        .env_remove("HOME")
        .env("XDG_STATE_HOME", "not/absolute");
    with_answers(&mut nowhere, "")?.exits(3)?;
    Ok(())
}

/// Ctrl-C while the command waits for an answer: earlier answers are kept.
fn interrupted(lab: Lab) -> Done<()> {
    let home = tempfile::tempdir().map_err(words)?;
    let lines = answers(&lesson("handshake"))?;
    let first = lines.lines().next().ok_or("no answer")?;
    let mut command = learner(lab, home.path(), &["handshake"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.stderr(Stdio::piped()).spawn().map_err(words)?;
    let mut input = child.stdin.take().ok_or("no input")?;
    let mut output = child.stdout.take().ok_or("no output")?;
    input
        .write_all(format!("{first}\n").as_bytes())
        .map_err(words)?;
    let mut said = String::new();
    let mut byte = [0];
    let mut bytes = Vec::new();
    // At the second prompt the command waits.
    while !said.contains("\n2. ") || !said.ends_with("> ") {
        if output.read(&mut byte).map_err(words)? == 0 {
            return Err(format!("it ended: {said}"));
        }
        bytes.push(byte[0]);
        said = String::from_utf8_lossy(&bytes).into_owned();
    }
    let id = i32::try_from(child.id()).map_err(words)?;
    kill(Pid::from_raw(id), Signal::SIGINT).map_err(words)?;
    let ended = child.wait_with_output().map_err(words)?;
    assert_eq!(ended.status.code(), Some(130));
    let complaint = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert!(complaint.contains("Your place is kept"), "{complaint}");
    let list = with_answers(&mut learner(lab, home.path(), &["1", "--list"]), "")?.exits(0)?;
    assert!(list.out.contains("  1 of 5  handshake"), "{}", list.out);
    Ok(())
}

fn class(lab: Lab) -> Done<()> {
    let home = tempfile::tempdir().map_err(words)?;
    let at = |path: &str| home.path().join(path);
    fs::write(at("names.txt"), "one\ntwo\n\nsix\n").map_err(words)?;
    let pack = |folder: &str| {
        let words = [
            "1",
            "--pack",
            folder,
            "--students",
            "names.txt",
            "--seed",
            "7",
        ];
        with_answers(&mut learner(lab, home.path(), &words), "")
    };
    pack("class")?.exits(0)?;
    pack("same")?.exits(0)?;
    pack("class")?.exits(2)?;
    let read = |path: &str| fs::read_to_string(at(path)).map_err(words);
    let solutions = read("class/teacher/solutions.json")?;
    assert_eq!(
        solutions,
        read("same/teacher/solutions.json")?,
        "one seed, one class"
    );
    assert_ne!(
        read("class/students/one.txt")?.replace("one", ""),
        read("class/students/two.txt")?.replace("two", ""),
        "each has a shuffle of their own"
    );
    let solutions: Value = serde_json::from_str(&solutions).map_err(words)?;
    let of_one = solutions["students"]["one"].as_array().ok_or("no paper")?;
    let mut paper = read("class/students/one.txt")?;
    for (number, solved) in (1..).zip(of_one) {
        let question = &solved["question"];
        let answer = match question["number"]["value"].as_f64() {
            Some(value) => value.to_string(),
            None => question["accepted"][0]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
        };
        assert!(!paper.contains(&format!("The answer: {answer}")));
        paper = paper.replace(
            &format!("answer {number}: \n"),
            &format!("answer {number}: {answer}\n"),
        );
    }
    fs::write(at("class/students/one.txt"), &paper).map_err(words)?;
    let wrong = read("class/students/two.txt")?.replace("answer 1: ", "answer 1: nothing");
    fs::write(at("class/students/two.txt"), wrong).map_err(words)?;
    fs::remove_file(at("class/students/six.txt")).map_err(words)?;
    let said = with_answers(&mut learner(lab, home.path(), &["--mark", "class"]), "")?.exits(0)?;
    let all = of_one.len();
    assert!(
        said.out.contains(&format!("one  {all} of {all} right\n")),
        "{}",
        said.out
    );
    let two = format!("two  0 of {all} right, {} without an answer\n", all - 1);
    assert!(said.out.contains(&two), "{}", said.out);
    assert!(said.out.contains("no paper of six"), "{}", said.out);
    assert!(
        said.out.contains("  1. handshake, order: 1 of 2 right"),
        "{}",
        said.out
    );
    assert_eq!(
        read("class/teacher/results.csv")?.lines().count(),
        1 + 2 * all
    );
    fs::write(at("class/teacher/solutions.json"), "{").map_err(words)?;
    with_answers(&mut learner(lab, home.path(), &["--mark", "class"]), "")?.exits(2)?;
    fs::write(at("names.txt"), "../evil\n").map_err(words)?;
    pack("evil")?.exits(2)?;
    Ok(())
}

/// Every lesson of the first two units has exercises, and every kind of exercise occurs.
fn every_lesson(lab: Lab) -> Done<()> {
    let home = tempfile::tempdir().map_err(words)?;
    let mut kinds = std::collections::BTreeSet::new();
    for name in course::UNITS[..2].iter().flat_map(|unit| unit.lessons) {
        let lesson = lesson(name);
        kinds.extend(lesson.scenario.exercises.iter().map(|it| it.ask.word()));
        let lines = answers(&lesson)?;
        let said = with_answers(&mut learner(lab, home.path(), &[name]), &lines)?.exits(0)?;
        let wanted = lines.lines().filter(|line| *line != "s").count();
        assert_eq!(said.out.matches("✓ Right.").count(), wanted, "{}", said.out);
        assert!(wanted > 0, "{name}");
    }
    assert_eq!(kinds.len(), 5, "{kinds:?}");
    Ok(())
}

/// The mended file is green; the file as it was given, and one without what is asserted,
/// are not.
fn make_it_green(lab: Lab) -> Done<()> {
    let home = tempfile::tempdir().map_err(words)?;
    let shutdown = lesson("shutdown");
    let text = fs::read_to_string(&shutdown.path).map_err(words)?;
    let task = green::task(&shutdown.scenario, &text, 1).ok_or("no task")?;
    let check = |text: &str| {
        fs::write(home.path().join("mine.yaml"), text).map_err(words)?;
        let words = ["shutdown", "--check", "mine.yaml", "--engine", "vm"];
        with_answers(&mut learner(lab, home.path(), &words), "")
    };
    let red = check(&task)?.exits(1)?;
    assert!(red.out.contains("no-more-sending"), "{}", red.out);
    let kept = |text: &str, without: &str| -> String {
        let lines = text.lines().filter(|line| !line.contains(without));
        lines.map(|line| format!("{line}\n")).collect()
    };
    let expects_less = kept(&text, "as: no-more-sending");
    check(&expects_less).and_then(|it| match it.exit {
        Some(1 | 2) => Ok(()),
        _ => Err(format!("{it:?}")),
    })?;
    // The exercises can also ask about a recording of the learner's own.
    let mut run = lab.command();
    run.args([
        "run", "shutdown", "--engine", "vm", "--quiet", "--out", "runs",
    ]);
    Answer::of(run.current_dir(home.path()))?.exits(0)?;
    let words = ["shutdown", "--recording", "runs/shutdown"];
    let asked = with_answers(&mut learner(lab, home.path(), &words), &answers(&shutdown)?)?;
    let asked = asked.exits(0)?;
    assert_eq!(asked.out.matches("✓ Right.").count(), 4, "{}", asked.out);
    let words = ["handshake", "--recording", "runs/shutdown"];
    with_answers(&mut learner(lab, home.path(), &words), "")?.exits(2)?;
    fs::remove_file(home.path().join("shutdown-green.yaml")).map_err(crate::learn::words)?;
    // By hand: what the learner has to write is one word.
    let mended = task.replace("- abort: client", "- close: client");
    let said = check(&mended)?.exits(0)?;
    assert!(said.out.contains("✓ Green."), "{}", said.out);
    let list = with_answers(&mut learner(lab, home.path(), &["1", "--list"]), "")?.exits(0)?;
    assert!(list.out.contains("✓ 5 of 5  shutdown"), "{}", list.out);
    Ok(())
}
