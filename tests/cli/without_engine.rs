//! Tests the verbs that need no engine: help, lists, schema.

use std::fs;

use tests::{Lab, course, repository};

use crate::Body;
use crate::answer::{Answer, assert_text};

pub(crate) const ALL: &[(&str, Body)] = &[
    ("help", help),
    ("version", version),
    ("list", list),
    ("list-by-words", search),
    ("course-inside", course_inside),
    ("copy", copy),
    ("rfc", rfc),
    ("man", man),
    ("validate-the-course", validate_the_course),
    ("schema", schema),
    ("completions", completions),
    ("doctor-tells-the-same-in-json", doctor),
];

fn help(lab: Lab) -> Result<(), String> {
    let verbs = [
        "", "run", "validate", "check", "show", "capture", "extcap", "targets", "doctor", "rfc",
    ];
    for verb in verbs {
        let mut command = lab.command();
        let asked = command.args(Some(verb).filter(|it| !it.is_empty()));
        let answer = Answer::of(asked.arg("--help"))?.exits(0)?;
        assert_text(format!("help-{verb}").trim_end_matches('-'), &answer.out);
    }
    Ok(())
}

fn version(lab: Lab) -> Result<(), String> {
    let answer = Answer::of(lab.command().arg("--version"))?.exits(0)?;
    assert_eq!(
        answer.out,
        format!("sctp-lab {}\n", env!("CARGO_PKG_VERSION"))
    );
    Ok(())
}

fn list(lab: Lab) -> Result<(), String> {
    let answer = Answer::of(lab.command().arg("list").current_dir(repository()))?.exits(0)?;
    let listed: Vec<(&str, &str)> = answer
        .out
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.split_once("  "))
        .map(|(name, title)| (name, title.trim_start()))
        .collect();
    let lessons = course();
    let there: Vec<(&str, &str)> = ::course::UNITS
        .iter()
        .flat_map(|unit| unit.lessons)
        .filter_map(|name| lessons.iter().find(|lesson| lesson.name == *name))
        .map(|lesson| (lesson.name.as_str(), lesson.scenario.title.as_str()))
        .collect();
    assert_eq!(listed, there);
    assert_eq!(listed.len(), lessons.len());
    let first = &::course::UNITS[0];
    let heading = format!(
        "1. {} (beginner, {} minutes)\n",
        first.title,
        first.minutes()
    );
    assert!(answer.out.starts_with(&heading), "{}", answer.out);
    Ok(())
}

/// Lessons are found by words of the name, the title, the lesson or the sections.
fn search(lab: Lab) -> Result<(), String> {
    let list = |words: &[&str]| {
        let mut command = lab.command();
        Answer::of(command.arg("list").args(words).current_dir(repository()))
    };
    let found = list(&["zero window", "PROBE"])?.exits(0)?.out;
    assert!(found.contains("  zero-window  "), "{found}");
    let found = list(&["path verification", "--sections"])?.exits(0)?.out;
    let section = "RFC 9260 section 5.4, Path Verification";
    assert!(
        found.contains(section) && found.contains("unconfirmed-path"),
        "{found}"
    );
    let nothing = list(&["quicksilver"])?.exits(2)?;
    assert_eq!(nothing.out, "");
    Ok(())
}

/// The course without a clone of the repository: no folder `scenarios` is here or above.
fn course_inside(lab: Lab) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let lab = |words: &[&str]| {
        let mut command = lab.command();
        Answer::of(command.args(words).current_dir(folder.path()))
    };
    let lines = lab(&["list", "--json"])?.exits(0)?.out;
    let names: Vec<String> = lines
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter_map(|line| Some(line["name"].as_str()?.to_owned()))
        .collect();
    let in_order = ::course::UNITS.iter().flat_map(|unit| unit.lessons);
    assert_eq!(names, in_order.copied().collect::<Vec<_>>());
    let good = lab(&["validate", "all"])?.exits(0)?.out;
    assert_eq!(good, format!("{} good scenarios\n", names.len()));
    let unknown = lab(&["run", "hand-shake"])?.exits(2)?;
    assert!(
        unknown.err.contains("did you mean `handshake`?"),
        "{unknown:?}"
    );
    Ok(())
}

/// A section with those below it, one sentence, what a case shows; and sections that do not
/// exist.
fn rfc(lab: Lab) -> Result<(), String> {
    let ask = |words: &[&str]| Answer::of(lab.command().arg("rfc").args(words));
    let section = ask(&["6.10"])?.exits(0)?;
    assert!(section.out.contains("6.10 Bundling\n"), "{}", section.out);
    let dropped = "6.10-7  If the receiver detects a partial chunk, it MUST drop the chunk.";
    assert!(section.out.contains(dropped), "{}", section.out);
    let below = ask(&["3.3.2.1"])?.exits(0)?;
    assert!(
        below.out.contains("\n3.3.2.1.5 Supported Address Types"),
        "{}",
        below.out
    );
    let one = ask(&["6.10-7"])?.exits(0)?;
    let shown = "MUST: shown by rfc9260-6-10-partial-chunk/dropped";
    assert!(
        one.out.contains(shown) && !one.out.contains("6.10-6"),
        "{}",
        one.out
    );
    let case = ask(&["--case", "rfc9260-6-10-partial-chunk"])?.exits(0)?;
    assert_eq!(case.out, one.out, "it shows nothing else");
    let none = ask(&["6.3.2"])?.exits(0)?;
    assert_eq!(none.out, "no sentence with a keyword matches\n");
    for (words, told) in [
        (
            ["6.33"].as_slice(),
            "no section `6.33`; did you mean `6.3.3`?",
        ),
        (&["6.10-70"], "no sentence 6.10-70 with a keyword"),
        (
            &["6.10-x"],
            "`6.10-x` is no sentence: one is called as `6.3.3-2`",
        ),
        (&["--case", "d-i-8-55"], "did you mean `d-i-8-5`?"),
    ] {
        let answer = ask(words)?.exits(2)?;
        assert!(answer.err.contains(told), "{}", answer.err);
    }
    Ok(())
}

fn copy(lab: Lab) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let lab = |words: &[&str]| {
        let mut command = lab.command();
        Answer::of(command.args(words).current_dir(folder.path()))
    };
    let read = |name: &str| {
        fs::read_to_string(folder.path().join(name)).map_err(|error| error.to_string())
    };
    lab(&["copy", "handshake"])?.exits(0)?;
    lab(&["validate", "handshake.yaml"])?.exits(0)?;
    let copied = read("handshake.yaml")?;
    assert!(copied.starts_with("title: Four packets"), "{copied}");
    // A file that is there is the reader's own, and stays.
    fs::write(folder.path().join("mine.yaml"), "mine").map_err(|error| error.to_string())?;
    let refused = lab(&["copy", "handshake", "mine.yaml"])?.exits(2)?;
    assert!(refused.err.contains("is there already"), "{refused:?}");
    assert_eq!(read("mine.yaml")?, "mine");
    // A folder `scenarios` of the reader's own does not hide the course.
    fs::create_dir(folder.path().join("scenarios")).map_err(|error| error.to_string())?;
    lab(&["copy", "shutdown"])?.exits(0)?;
    Ok(())
}

fn man(lab: Lab) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let pages = folder.path().join("man1");
    Answer::of(lab.command().arg("man").arg(&pages))?.exits(0)?;
    let page = |name: &str| {
        let text = fs::read_to_string(pages.join(name));
        text.map_err(|error| format!("{name}: {error}"))
    };
    assert!(page("sctp-lab.1")?.contains("Exit codes"));
    assert!(page("sctp-lab-run.1")?.contains("sabotage"));
    assert!(page("sctp-lab-serve-box.1").is_err(), "it is hidden");
    Ok(())
}

fn validate_the_course(lab: Lab) -> Result<(), String> {
    let mut command = lab.command();
    command.args(["validate", "all"]).current_dir(repository());
    let answer = Answer::of(&mut command)?.exits(0)?;
    assert_eq!(answer.out, format!("{} good scenarios\n", course().len()));
    Ok(())
}

fn schema(lab: Lab) -> Result<(), String> {
    for (arguments, file) in [
        (&["schema"][..], "scenario"),
        (&["schema", "--targets"][..], "targets"),
    ] {
        let answer = Answer::of(lab.command().args(arguments))?.exits(0)?;
        let committed = repository().join(format!("schema/{file}.schema.json"));
        let committed = fs::read_to_string(committed).map_err(|error| error.to_string())?;
        assert!(
            answer.out == committed,
            "not the committed one: `just generate`"
        );
    }
    Ok(())
}

fn completions(lab: Lab) -> Result<(), String> {
    for shell in ["bash", "zsh", "fish"] {
        let answer = Answer::of(lab.command().args(["completions", shell]))?.exits(0)?;
        assert!(answer.out.contains("sctp-lab"), "{shell}");
        assert!(answer.out.contains("validate"), "{shell}");
    }
    Ok(())
}

fn doctor(lab: Lab) -> Result<(), String> {
    let told = Answer::of(lab.command().arg("doctor"))?;
    let json = Answer::of(lab.command().args(["doctor", "--json"]))?;
    assert_eq!(told.exit, json.exit);
    let json: serde_json::Value =
        serde_json::from_str(&json.out).map_err(|error| format!("{error}: {}", json.out))?;
    let engines = json["engines"].as_array().ok_or("it lists no engines")?;
    assert_eq!(engines.len(), 3);
    for engine in engines {
        let state = if engine["usable"] == true {
            "can run"
        } else {
            "cannot run"
        };
        let name = engine["engine"].as_str().unwrap_or_default();
        assert!(
            told.out.contains(&format!("{name} {state} here")),
            "{}",
            told.out
        );
    }
    let usable = engines.iter().any(|engine| engine["usable"] == true);
    assert_eq!(told.exit, Some(if usable { 0 } else { 3 }));
    Ok(())
}
