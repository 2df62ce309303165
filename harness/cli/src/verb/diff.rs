//! `sctp-lab diff`: compares two recordings of one scenario, or two folders of
//! recordings.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use recording::Shelf;
use report::{Diff, Side};
use serde_json::{Value, json};

use crate::args;
use crate::console;
use crate::exit::Exit;
use crate::judged::Judged;

pub(crate) fn run(args: &args::Diff) -> Exit {
    let done = match (named_in(&args.first), named_in(&args.second)) {
        (Some(first), Some(second)) => of_folders(args, &first, &second),
        _ => of_recordings(args),
    };
    done.unwrap_or_else(|exit| exit)
}

fn of_recordings(args: &args::Diff) -> Result<Exit, Exit> {
    let (first, second) = (Judged::open(&args.first)?, Judged::open(&args.second)?);
    let diff = compared(&first, &second)?;
    let text = if args.json {
        console::json(&line(&first.recording.info.scenario, &diff))
    } else {
        let names = [&args.first, &args.second].map(|path| path.display().to_string());
        report::print_diff(&diff, [&names[0], &names[1]], console::color())
    };
    console::print(&text);
    Ok(Exit::of_verdict(diff.is_empty()))
}

/// Compares recordings of the same name in two folders, one line each.
fn of_folders(args: &args::Diff, first: &Named, second: &Named) -> Result<Exit, Exit> {
    let mut worst = Exit::Passed;
    let mut alike = 0;
    for (name, path) in first {
        let Some(other) = second.get(name) else {
            continue;
        };
        let (one, two) = (Judged::open(path)?, Judged::open(other)?);
        let diff = compared(&one, &two)?;
        alike += usize::from(diff.is_empty());
        worst = worst.max(Exit::of_verdict(diff.is_empty()));
        console::print(&match (args.json, diff.count()) {
            (true, _) => console::json(&line(name, &diff)),
            (false, 0) => format!("{name}: alike\n"),
            (false, count) => format!(
                "{name}: {} (sctp-lab diff {} {})\n",
                report::count(count as u64, "difference"),
                path.display(),
                other.display()
            ),
        });
    }
    let both = first.keys().filter(|name| second.contains_key(*name));
    let both = both.count();
    for (named, there, other) in [(&args.first, first, second), (&args.second, second, first)] {
        for name in there.keys().filter(|name| !other.contains_key(*name)) {
            console::tell(&format!("only in {}: {name}", named.display()));
        }
    }
    if both == 0 {
        console::error("no recording has the same name in both folders");
        return Err(Exit::Wrong);
    }
    if !args.json {
        console::print(&format!("\n{alike} of {both} are alike\n"));
    }
    Ok(worst)
}

/// Recordings by their names.
type Named = BTreeMap<String, PathBuf>;

/// The recordings in a folder, unless it is one itself.
fn named_in(folder: &Path) -> Option<Named> {
    if folder.join(recording::INFO).is_file() {
        return None;
    }
    let shelf = Shelf::of(folder).ok()?;
    let named = shelf.recordings.into_iter().filter_map(|path| {
        let name = path.file_name()?.to_str()?.to_owned();
        Some((name, path))
    });
    Some(named.collect::<Named>()).filter(|named| !named.is_empty())
}

fn compared(first: &Judged, second: &Judged) -> Result<Diff, Exit> {
    let [one, other] = [first, second].map(|it| &it.recording.info.scenario);
    if one != other {
        console::error(&format!(
            "these are recordings of two scenarios, `{one}` and `{other}`: nothing to compare"
        ));
        return Err(Exit::Wrong);
    }
    let [left, right] = [first, second].map(|it| Side {
        recording: &it.recording,
        verdict: &it.verdict,
    });
    Ok(report::diff(left, right))
}

fn line(scenario: &str, diff: &Diff) -> Value {
    json!({
        "format": 1,
        "scenario": scenario,
        "alike": diff.is_empty(),
        "diff": diff,
    })
}
