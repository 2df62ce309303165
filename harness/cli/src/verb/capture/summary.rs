//! What went where.

use live::{Ended, Report};
use serde_json::{Value, json};

use crate::args::Capture;
use crate::exit::Exit;
use crate::judged::Judged;
use crate::{console, outcome};

/// Tells it on standard error, as standard output may be the capture; and how
/// the scenario ended.
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
    let failed = reports
        .iter()
        .any(|report| matches!(report.ended, Ended::Failed(_)));
    if failed {
        Err(Exit::Fault)
    } else if outcome::good(None, &run.verdict) {
        Ok(Exit::Passed)
    } else {
        Err(Exit::Failed)
    }
}

fn words(report: &Report) -> String {
    let Report { name, packets, .. } = report;
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
    format!("{name}: {packets} packets{missed}{ended}")
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
