//! Measures the protocol time and the wall time of the course, and the size of its
//! report.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use oracle::Verdict;
use recording::Recording;
use report::Run;
use scenario::Scenario;

static PROTOCOL: Mutex<Duration> = Mutex::new(Duration::ZERO);

/// The size of each scenario's report in bytes, counted once however often the scenario was
/// run.
static REPORTS: Mutex<BTreeMap<String, usize>> = Mutex::new(BTreeMap::new());

/// The limit for the sum of all reports, in bytes, and so for the report of the whole course.
/// The sum counts style and script once for each run; the report of the whole course has them
/// only once.
const LARGEST: usize = 20_000_000;

pub(crate) fn add(recording: &Recording) {
    if let Ok(mut protocol) = PROTOCOL.lock() {
        *protocol += recording.info.duration.since_start();
    }
}

/// Counts a run of the course to the size of the report.
pub(crate) fn report(
    recording: &Recording,
    scenario: &Scenario,
    verdict: &Verdict,
) -> Result<(), String> {
    let run = Run {
        recording,
        scenario,
        verdict,
        good: true,
    };
    let page = report::html(&[run], &mut []).map_err(|error| error.to_string())?;
    let mut reports = REPORTS.lock().map_err(|error| error.to_string())?;
    reports.insert(scenario.name.clone(), page.len());
    match reports.values().sum() {
        ..=LARGEST => Ok(()),
        all => Err(format!("the reports so far have {all} bytes")),
    }
}

/// The totals in words; `None` if nothing was run.
pub(crate) fn words(wall: Duration) -> Option<String> {
    let protocol = PROTOCOL.lock().ok()?.as_secs_f64();
    let wall = wall.as_secs_f64();
    (protocol > 0.0).then(|| {
        format!(
            "{protocol:.0} s of protocol time in {wall:.1} s: {:.0} times as fast",
            protocol / wall
        )
    })
}
