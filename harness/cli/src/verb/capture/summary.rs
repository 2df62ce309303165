//! Summarises a capture: outputs and packets.

use live::{Ended, Report};
use pcapng::WriteError;
use serde_json::{Value, json};

use super::of_targets::End;
use crate::args::Capture;
use crate::exit::Exit;
use crate::judged::Judged;
use crate::outcome::Must;
use crate::{console, outcome};

/// Prints the summary, and how the scenario ended. Words go to standard error, since
/// standard output may be the capture.
pub(super) fn tell(args: &Capture, run: &Judged, reports: &[Report]) -> Result<Exit, Exit> {
    if args.json {
        let told = json!({
            "format": 1,
            "outputs": reports.iter().map(as_json).collect::<Vec<_>>(),
            "verdict": outcome::json(&run.recording, &run.verdict),
        });
        console::print(&console::json(&told));
    } else {
        tell_of_outputs(reports);
        let name = &run.scenario.name;
        console::tell(&format!("{name}: {}", ::report::verdict_line(&run.verdict)));
    }
    Ok(exit(reports).max(Exit::of_verdict(Must::Pass.is_good(&run.verdict))))
}

/// Prints the summary in words.
pub(super) fn tell_of_outputs(reports: &[Report]) {
    for report in reports {
        console::tell(&words(report));
    }
}

/// Prints the summary, and how each capturer ended.
pub(super) fn tell_of_targets(
    args: &Capture,
    ends: &[End],
    reports: &[Report],
) -> Result<Exit, Exit> {
    if args.json {
        let told = json!({
            "format": 1,
            "outputs": reports.iter().map(as_json).collect::<Vec<_>>(),
            "targets": ends.iter().map(end_as_json).collect::<Vec<_>>(),
        });
        console::print(&console::json(&told));
    } else {
        ends.iter().for_each(|end| console::tell(&end_words(end)));
        tell_of_outputs(reports);
    }
    let all_ended = ends.iter().all(|end| end.died.is_none());
    Ok(exit(reports).max(Exit::of_verdict(all_ended)))
}

fn end_words(end: &End) -> String {
    let counts = match end.counts {
        None => "no counts".to_owned(),
        Some(counts) => {
            let dropped = counts.dropped_by_kernel + counts.dropped_by_interface;
            let seen = ::report::count(counts.captured, "packet");
            match dropped {
                0 => format!("{seen} seen"),
                _ => format!(
                    "{seen} seen, {dropped} lost there: packets came faster than tcpdump took them"
                ),
            }
        }
    };
    let died = if end.died.is_some() { ", died" } else { "" };
    format!("{}: {counts}{died}", end.name)
}

fn end_as_json(end: &End) -> Value {
    json!({
        "name": end.name,
        "died": end.died,
        "captured": end.counts.map(|counts| counts.captured),
        "dropped": end.counts.map(|it| it.dropped_by_kernel + it.dropped_by_interface),
    })
}

/// The exit code for the states of all outputs.
fn exit(reports: &[Report]) -> Exit {
    let exits = reports.iter().map(|report| match &report.ended {
        Ended::Failed(WriteError::Io(error)) => Exit::of_file(error).max(Exit::CannotRun),
        Ended::Failed(_) => Exit::Fault,
        // The reader of standard output was gone before anything was written.
        Ended::NoReader if !report.is_pipe => Exit::CannotRun,
        _ => Exit::Passed,
    });
    exits.max().unwrap_or(Exit::Passed)
}

fn words(report: &Report) -> String {
    let name = &report.name;
    let packets = ::report::count(report.packets, "packet");
    let missed = match report.missed {
        0 => String::new(),
        missed => format!(", {missed} missed by a reader that was too slow"),
    };
    let ended = match &report.ended {
        Ended::Whole => String::new(),
        Ended::ReaderLeft => ", the reader left before the end".to_owned(),
        Ended::NoReader => ", no reader came".to_owned(),
        Ended::Failed(error) => format!(", then: {error}"),
        Ended::GivenUp => ", then the run was given up".to_owned(),
    };
    let left: Vec<String> = report
        .left
        .iter()
        .map(|it| it.display().to_string())
        .collect();
    let left = match left.as_slice() {
        [] => String::new(),
        left => format!("; what was written by then is in {}", left.join(", ")),
    };
    format!("{name}: {packets}{missed}{ended}{left}")
}

fn as_json(report: &Report) -> Value {
    let (ended, error) = match &report.ended {
        Ended::Whole => ("whole", None),
        Ended::ReaderLeft => ("reader-left", None),
        Ended::NoReader => ("no-reader", None),
        Ended::Failed(error) => ("failed", Some(error.to_string())),
        Ended::GivenUp => ("given-up", None),
    };
    json!({
        "name": report.name,
        "packets": report.packets,
        "missed": report.missed,
        "ended": ended,
        "error": error,
        "left": report.left,
    })
}
