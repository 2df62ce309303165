//! What went where.

use live::{Ended, Report};
use serde_json::{Value, json};

use super::of_targets::End;
use crate::args::Capture;
use crate::exit::Exit;
use crate::judged::Judged;
use crate::{console, outcome};

/// Tells it, and how the scenario ended; in words on standard error, since
/// standard output may be the capture.
pub(super) fn tell(args: &Capture, run: &Judged, reports: &[Report]) -> Result<Exit, Exit> {
    if args.json {
        let told = json!({
            "format": 1,
            "outputs": reports.iter().map(as_json).collect::<Vec<_>>(),
            "verdict": outcome::json(&run.recording, &run.verdict),
        });
        console::print(&format!("{told}\n"));
    } else {
        for report in reports {
            eprintln!("{}", words(report));
        }
        let name = &run.scenario.name;
        eprintln!("{name}: {}", ::report::verdict_line(&run.verdict));
    }
    if has_failed(reports) {
        Err(Exit::Fault)
    } else if outcome::good(None, &run.verdict) {
        Ok(Exit::Passed)
    } else {
        Err(Exit::Failed)
    }
}

/// Tells it, and how each capturer ended.
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
        console::print(&format!("{told}\n"));
    } else {
        ends.iter().for_each(|end| eprintln!("{}", end_words(end)));
        reports
            .iter()
            .for_each(|report| eprintln!("{}", words(report)));
    }
    if has_failed(reports) {
        Err(Exit::Fault)
    } else if ends.iter().any(|end| end.died.is_some()) {
        Err(Exit::Failed)
    } else {
        Ok(Exit::Passed)
    }
}

fn end_words(end: &End) -> String {
    let counts = match end.counts {
        None => "no counts".to_owned(),
        Some(counts) => {
            let dropped = counts.dropped_by_kernel + counts.dropped_by_interface;
            let seen = ::report::count(counts.captured, "packet");
            match dropped {
                0 => format!("{seen} seen"),
                _ => format!("{seen} seen, {dropped} lost there: more came than it took"),
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

fn has_failed(reports: &[Report]) -> bool {
    reports
        .iter()
        .any(|report| matches!(report.ended, Ended::Failed(_)))
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
    };
    format!("{name}: {packets}{missed}{ended}")
}

fn as_json(report: &Report) -> Value {
    let (ended, error) = match &report.ended {
        Ended::Whole => ("whole", None),
        Ended::ReaderLeft => ("reader-left", None),
        Ended::NoReader => ("no-reader", None),
        Ended::Failed(error) => ("failed", Some(error.to_string())),
    };
    json!({
        "name": report.name,
        "packets": report.packets,
        "missed": report.missed,
        "ended": ended,
        "error": error,
    })
}
