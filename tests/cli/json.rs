//! Tests that JSON output conforms to its schema.

use std::process::Command;

use jsonschema::Validator;
use serde_json::{Value, json};
use tests::{Call, FreshCache, Lab, repository};

use crate::Body;
use crate::answer::Answer;

pub(crate) const ANYWHERE: &[(&str, Body)] = &[
    ("json-of-list", list),
    ("json-of-rfc", rfc),
    ("json-of-validate", validate),
    ("json-of-doctor", doctor),
    ("json-of-bound", bound),
    ("json-of-kernel-list", kernels),
    ("json-of-a-capture", capture),
    ("json-of-nothing-else-is-valid", strict),
];

pub(crate) const IN_VM: &[(&str, Body)] = &[("json-of-a-run-and-its-recording", recording)];

fn list(lab: Lab) -> Result<(), String> {
    valid("list", Answer::of(&mut lab_with(lab, &["list", "--json"]))?)
}

fn rfc(lab: Lab) -> Result<(), String> {
    valid("rfc", Answer::of(&mut lab_with(lab, &["rfc", "--json"]))?)
}

fn validate(lab: Lab) -> Result<(), String> {
    let bad = "tests/bad-scenarios/many-mistakes.yaml";
    let answer = Answer::of(&mut lab_with(lab, &["validate", "--json", bad]))?;
    valid("validate", answer.exits(2)?)
}

fn doctor(lab: Lab) -> Result<(), String> {
    valid(
        "doctor",
        Answer::of(&mut lab_with(lab, &["doctor", "--json"]))?,
    )
}

fn bound(lab: Lab) -> Result<(), String> {
    let ended = ["bound", "failover", "--json"];
    valid("bound", Answer::of(&mut lab_with(lab, &ended))?.exits(0)?)?;
    // Without HEARTBEATs an idle path is never found to be dead.
    let never = ["bound", "failover", "--json", "--idle", "--heartbeat=off"];
    valid("bound", Answer::of(&mut lab_with(lab, &never))?)
}

/// A kernel whose files are gone is listed, too.
fn kernels(lab: Lab) -> Result<(), String> {
    let cache = FreshCache::new()?;
    let folder = cache.path().join("uml-kernels/7.2.11");
    std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    let mut command = lab_with(lab, &["kernel", "list", "--json"]);
    command.env("SCTP_LAB_CACHE", cache.path());
    valid("kernel", Answer::of(&mut command)?.exits(0)?)
}

/// A call that somebody else captured.
fn capture(lab: Lab) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let path = folder.path().join("call.pcapng");
    let call = Call { packets: 100 };
    call.write(&path).map_err(|error| error.to_string())?;
    let file = path.display().to_string();
    let answer = |arguments: &[&str]| Answer::of(&mut lab_with(lab, arguments));
    valid("show", answer(&["show", "--json", &file])?.exits(0)?)?;
    let nodes = [
        "--node=client=192.0.2.1,198.51.100.1",
        "--node=server=192.0.2.2,198.51.100.2",
    ];
    let check = [
        "check",
        "--json",
        "--scenario",
        "handshake",
        "--pcap",
        &file,
        nodes[0],
        nodes[1],
    ];
    valid("run", answer(&check)?)
}

fn recording(lab: Lab) -> Result<(), String> {
    let out = tempfile::tempdir().map_err(|error| error.to_string())?;
    let folder = out.path().join("one-way-loss").display().to_string();
    let html = out.path().join("report.html").display().to_string();
    let parent = out.path().display().to_string();
    let vm = "--engine=vm";
    let to = ["--out", &parent];
    let run = ["run", "one-way-loss", "--json", vm, to[0], to[1]];
    let answer = |arguments: &[&str]| Answer::of(&mut lab_with(lab, arguments))?.exits(0);
    valid("run", answer(&run)?)?;
    let pcapng = out.path().join("live.pcapng").display().to_string();
    let capture = ["capture", "one-way-loss", "--json", vm, "--to", &pcapng];
    valid("capture", answer(&capture)?)?;
    valid("run", answer(&["check", "--json", &folder])?)?;
    valid("show", answer(&["show", "--json", &folder])?)?;
    valid("show", answer(&["show", "--json", "--full", &folder])?)?;
    valid("diff", answer(&["diff", "--json", &folder, &folder])?)?;
    valid(
        "report",
        answer(&["report", "--json", &folder, "-o", &html])?,
    )?;
    valid(
        "explain",
        answer(&["explain", "--json", vm, "one-way-loss"])?,
    )?;
    // A run that differs, and fails.
    let seed = ["--seed=3", "--sabotage=1"];
    let other = out.path().join("other").display().to_string();
    let run = [
        "run",
        "one-way-loss",
        "--json",
        vm,
        "--out",
        &other,
        seed[0],
        seed[1],
    ];
    valid("run", answer(&run)?)?;
    let other = format!("{other}/one-way-loss-sabotage-1");
    let diff = Answer::of(&mut lab_with(lab, &["diff", "--json", &folder, &other]))?;
    valid("diff", diff.exits(1)?)
}

/// The closed schema refuses a field of another name; otherwise conformance would prove
/// nothing.
fn strict(_: Lab) -> Result<(), String> {
    let validator = validator("list")?;
    let good = json!({
        "format": 1, "name": "one", "title": "One", "rfc": [], "sabotages": 1, "path": "one.yaml",
        "place": null,
    });
    assert!(validator.is_valid(&good));
    for (field, value) in [
        ("more", json!(1)),
        ("format", json!(2)),
        ("rfc", json!("9260")),
    ] {
        let mut bad = good.clone();
        bad[field] = value;
        assert!(!validator.is_valid(&bad), "{field}");
    }
    Ok(())
}

fn lab_with(lab: Lab, arguments: &[&str]) -> Command {
    let mut command = lab.command();
    command.args(arguments).current_dir(repository());
    command
}

/// There is output, and every line conforms to the schema.
pub(crate) fn valid(verb: &str, answer: Answer) -> Result<(), String> {
    let validator = validator(verb)?;
    assert!(!answer.out.is_empty(), "{answer:?}");
    for line in answer.out.lines() {
        let line: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        if let Some(error) = validator.iter_errors(&line).next() {
            return Err(format!(
                "{verb}: {error} at {}\n{line}",
                error.instance_path()
            ));
        }
    }
    Ok(())
}

/// The schema allows readers to meet fields that they do not know; here every
/// field must be in it.
fn validator(verb: &str) -> Result<Validator, String> {
    let path = repository().join("schema/output.schema.json");
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let mut schema: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let all = schema.as_object_mut().ok_or("it is an object")?;
    all.remove("anyOf");
    all.insert("$ref".to_owned(), format!("#/$defs/{verb}").into());
    all.insert("unevaluatedProperties".to_owned(), false.into());
    close(&mut schema["$defs"]);
    jsonschema::validator_for(&schema).map_err(|error| error.to_string())
}

/// Forbids unknown fields in nested objects, too.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            let items = ["items", "verdict", "diff", "tcpdump", "clock"];
            for (name, inner) in fields.iter_mut() {
                close(inner);
                let Value::Object(inner) = inner else {
                    continue;
                };
                if items.contains(&name.as_str()) {
                    inner.insert("unevaluatedProperties".to_owned(), false.into());
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}
