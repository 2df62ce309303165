use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::args::Report;
use crate::console;
use crate::exit::Exit;
use crate::judged::Judged;
use crate::outcome;

pub(crate) fn run(args: &Report) -> Exit {
    let folders: Vec<PathBuf> = args.recordings.iter().flat_map(|it| within(it)).collect();
    let opened: Result<Vec<Judged>, Exit> = folders.iter().map(|it| Judged::open(it)).collect();
    let judged = match opened {
        Ok(judged) => judged,
        Err(exit) => return exit,
    };
    let runs: Vec<report::Run<'_>> = judged
        .iter()
        .map(|it| report::Run {
            recording: &it.recording,
            scenario: &it.scenario,
            verdict: &it.verdict,
            good: outcome::good(it.sabotage(), &it.verdict),
        })
        .collect();
    let page = match report::html(&runs) {
        Ok(page) => page,
        Err(error) => {
            console::error(&error.to_string());
            return Exit::Fault;
        }
    };
    match fs::write(&args.output, &page) {
        Ok(()) => {
            console::print(&match args.json {
                true => format!("{}\n", written(&args.output, &runs)),
                false => format!("{}\n", args.output.display()),
            });
            Exit::Passed
        }
        Err(error) => {
            console::error(&format!("{}: {error}", args.output.display()));
            Exit::Wrong
        }
    }
}

fn written(file: &Path, runs: &[report::Run<'_>]) -> Value {
    let runs = runs.iter().map(|it| {
        let mut run = outcome::json(it.recording, it.verdict);
        run["good"] = it.good.into();
        run
    });
    json!({"format": 1, "file": file, "runs": runs.collect::<Vec<_>>()})
}

/// A recording's folder itself; of another folder the recordings in it, by
/// name.
fn within(folder: &Path) -> Vec<PathBuf> {
    let is_recording = |folder: &Path| folder.join(recording::INFO).is_file();
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut inside: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|it| is_recording(it))
        .collect();
    inside.sort();
    if is_recording(folder) || inside.is_empty() {
        // What is no recording is complained of where it is read.
        return vec![folder.to_owned()];
    }
    inside
}
