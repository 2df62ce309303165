//! What needs no engine: help, lists, schema.

use std::fs;

use tests::{Lab, course, repository};

use crate::Body;
use crate::answer::{Answer, assert_text};

pub(crate) const ALL: &[(&str, Body)] = &[
    ("help", help),
    ("version", version),
    ("list", list),
    ("validate-the-course", validate_the_course),
    ("schema", schema),
    ("completions", completions),
    ("doctor-tells-the-same-in-json", doctor),
];

fn help(lab: Lab) -> Result<(), String> {
    let verbs = [
        "", "run", "validate", "check", "show", "capture", "extcap", "targets", "doctor",
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
        .filter_map(|line| line.split_once("  "))
        .map(|(name, title)| (name, title.trim_start()))
        .collect();
    let course = course();
    let there: Vec<(&str, &str)> = course
        .iter()
        .map(|lesson| (lesson.name.as_str(), lesson.scenario.title.as_str()))
        .collect();
    assert_eq!(listed, there);
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
