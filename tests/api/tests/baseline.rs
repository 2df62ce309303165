//! The published crates offer what they did before. An item that goes or changes breaks the
//! programs of others. `UPDATE_GENERATED=1 cargo test --package api` writes the baselines
//! anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use api::Lack;
use libtest_mimic::{Arguments, Completion, Failed};

const PACKAGES: [&str; 3] = ["pcapng-stream", "sctp-wire", "sctp-socket"];

fn main() -> ExitCode {
    let trials = PACKAGES.map(|package| trials::test_or_skip(package, move || as_before(package)));
    trials::run("api", &Arguments::from_args(), trials.into()).exit_code()
}

fn as_before(package: &str) -> Result<Completion, Failed> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let target = target.parent().ok_or("cargo's folder has no parent")?;
    let lines = match api::of(package, target) {
        Ok(lines) => lines,
        Err(Lack::Format(reason)) if !trials::is_required("api") => {
            return Ok(Completion::ignored_with(reason));
        }
        Err(Lack::Format(reason) | Lack::Failed(reason)) => return Err(reason.into()),
    };
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("{package}.txt"));
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        fs::write(&file, lines.join("\n") + "\n")?;
        return Ok(Completion::Completed);
    }
    let baseline =
        fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    match difference(&baseline, &lines) {
        None => Ok(Completion::Completed),
        Some(difference) => Err(format!(
            "{package} offers something else than tests/api/{package}.txt says:\n{difference}\n\
             What is gone or different (-) breaks the programs of others. If it is meant, \
             `UPDATE_GENERATED=1 cargo test --package api` writes the baseline anew."
        )
        .into()),
    }
}

/// What is gone, and what is new.
fn difference(baseline: &str, lines: &[String]) -> Option<String> {
    let before: BTreeSet<&str> = baseline.lines().collect();
    let now: BTreeSet<&str> = lines.iter().map(String::as_str).collect();
    let gone = before.difference(&now).map(|line| format!("- {line}"));
    let new = now.difference(&before).map(|line| format!("+ {line}"));
    let all: Vec<_> = gone.chain(new).collect();
    (!all.is_empty()).then(|| all.join("\n"))
}
