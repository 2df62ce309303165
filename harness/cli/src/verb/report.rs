//! `sctp-lab report`: writes one HTML file that shows recordings and captures.

mod captured;

use std::path::{Path, PathBuf};

use recording::Shelf;
use report::Captured;
use serde_json::{Value, json};

use crate::args::Report;
use crate::console;
use crate::exit::Exit;
use crate::judged::{self, Judged};
use crate::outcome;

pub(crate) fn run(args: &Report) -> Exit {
    let mut judged = Vec::new();
    let mut captures = Vec::new();
    let mut damaged = Exit::Passed;
    for named in &args.recordings {
        if named.is_file() {
            match captured::draw(named) {
                Ok((capture, damage)) => {
                    captures.push(capture);
                    if let Some(error) = damage {
                        console::error(&error.to_string());
                        damaged = Exit::of_capture(&error);
                    }
                }
                Err(error) => {
                    console::error(&error.to_string());
                    return Exit::of_capture(&error);
                }
            }
            continue;
        }
        match open(named) {
            Ok(opened) => judged.extend(opened),
            Err(exit) => return exit,
        }
    }
    match captured::draw_beside(&files_of(args)) {
        Ok(Some(beside)) => captures.insert(0, beside),
        Ok(None) => {}
        Err(error) => {
            console::error(&error.to_string());
            return Exit::of_capture(&error);
        }
    }
    let runs: Vec<report::Run<'_>> = judged
        .iter()
        .map(|it| report::Run {
            recording: &it.recording,
            scenario: &it.scenario,
            verdict: &it.verdict,
            good: it.must().is_good(&it.verdict),
        })
        .collect();
    let page = match report::html(&runs, &mut captures) {
        Ok(page) => page,
        Err(error) => {
            console::error(&error.to_string());
            return Exit::Fault;
        }
    };
    match disk::replace(&args.output, page.as_bytes()) {
        Ok(()) => {
            console::print(&match args.json {
                true => console::json(&written(&args.output, &runs, &captures)),
                false => format!("{}\n", args.output.display()),
            });
            damaged
        }
        Err(error) => {
            console::error(&format!("{}: {error}", args.output.display()));
            Exit::of_file(&error)
        }
    }
}

/// The captures among the arguments.
fn files_of(args: &Report) -> Vec<PathBuf> {
    let files = args.recordings.iter().filter(|it| it.is_file());
    files.cloned().collect()
}

fn written(file: &Path, runs: &[report::Run<'_>], captures: &[Captured]) -> Value {
    let runs = runs.iter().map(|it| {
        let mut run = outcome::json(it.recording, it.verdict);
        run["good"] = it.good.into();
        run
    });
    let captures = captures.iter().map(|it| {
        json!({
            "file": it.name,
            "findings": it.diagnosis.findings.len(),
            "ways": it.crossings(),
        })
    });
    json!({
        "format": 1,
        "file": file,
        "runs": runs.collect::<Vec<_>>(),
        "captures": captures.collect::<Vec<_>>(),
    })
}

/// The recording in a folder, or else all recordings in the folders inside it, by name. Among
/// several, a recording that is damaged or was left by a crash is named and passed over.
fn open(named: &Path) -> Result<Vec<Judged>, Exit> {
    let shelf = match Shelf::of(named) {
        Ok(shelf) if !named.join(recording::INFO).is_file() => shelf,
        // Reading the folder reports that it is no recording.
        _ => return Ok(vec![Judged::open(named)?]),
    };
    let pass_over = |words: &str| console::tell(&format!("passed over: {words}"));
    for path in &shelf.left_over {
        pass_over(&format!(
            "{}, which a run left that was killed",
            path.display()
        ));
    }
    let mut judged = Vec::new();
    for path in &shelf.recordings {
        match Judged::try_open(path) {
            Ok(good) => judged.push(good),
            Err(wrong) => pass_over(&format!("{}: {wrong}", path.display())),
        }
    }
    if judged.is_empty() {
        console::error_with_remedy(
            &format!("{}: no recording, and none in it", named.display()),
            Some(judged::REMEDY),
        );
        return Err(Exit::Wrong);
    }
    Ok(judged)
}
