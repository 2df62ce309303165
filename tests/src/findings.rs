//! Compares what `diagnose` finds in the captures of runs with the table of findings.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Mutex, PoisonError};

use recording::{CAPTURE, Engine};
use serde_json::Value;

use super::course::repository;
use super::exact::varies;
use super::lab::{Lab, Ran};

/// `SCTP_LAB_FINDINGS=record` adds the findings of runs to the table. A kind of finding that
/// not every run has gets a `?`: the kind depends on chance.
const VARIABLE: &str = "SCTP_LAB_FINDINGS";

/// Kinds of finding that depend on the moment at which a timer runs out. The moments of
/// HEARTBEATs and cuts are random, so a run may have such a finding and the next run not.
/// A finding of these kinds is a false alarm only if the table has the kind of no run of the
/// lesson, plain or sabotaged.
const OF_TIMERS: [&str; 9] = [
    "data-unanswered",
    "failover",
    "handshake-lost",
    "heartbeats-answered-elsewhere",
    "heartbeats-unanswered",
    "lost",
    "no-data",
    "spurious-retransmissions",
    "window-closed",
];

/// One test at a time adds to the file.
static RECORDING: Mutex<()> = Mutex::new(());

/// The kinds of finding of a run, with `true` for each that the run must have.
type Kinds = BTreeMap<String, bool>;

/// Compares the kinds of finding that `diagnose` has of a run's capture with the table in
/// `tests/snapshots/findings.txt`, which has a line for each run.
///
/// Nothing is compared in real time, where the machine itself causes findings, nor for a
/// scenario whose packets depend on chance. Kinds that depend on timers are compared with
/// all runs of the lesson.
///
/// # Errors
///
/// If `diagnose` does not find a kind that the table demands, or finds a kind that the table
/// does not have.
pub fn assert_findings(lab: Lab, name: &str, ran: &Ran) -> Result<(), String> {
    assert_findings_of(lab, name, ran, &ran.folder.join(CAPTURE))
}

/// Compares the kinds of finding in the capture of one interface of the run, such as
/// `client/path-a`, with the table. The line of the table is called `RUN@INTERFACE`.
///
/// # Errors
///
/// As [`assert_findings`], and if the run has no such interface.
pub fn assert_findings_at(lab: Lab, name: &str, interface: &str, ran: &Ran) -> Result<(), String> {
    let capture = capture_of(ran, interface)?;
    assert_findings_of(lab, &format!("{name}@{interface}"), ran, &capture)
}

/// Writes the packets that one interface of a run captured into the folder of the run.
///
/// # Errors
///
/// If the run has no such interface, or the file cannot be written.
pub fn capture_of(ran: &Ran, interface: &str) -> Result<PathBuf, String> {
    let mut only = ran.recording.clone();
    let mut interfaces = only.interfaces.iter();
    let place = interfaces
        .position(|it| it.to_string() == interface)
        .ok_or_else(|| format!("the run has no interface {interface}"))?;
    only.packets.retain(|it| it.interface == place);
    let name = format!("{}.pcapng", interface.replace('/', "-"));
    let capture = ran.folder.join(name);
    let bytes = only.to_pcapng().map_err(|error| error.to_string())?;
    fs::write(&capture, bytes).map_err(|error| format!("{}: {error}", capture.display()))?;
    Ok(capture)
}

/// The output of `diagnose --json` for captures: a value for each association.
///
/// # Errors
///
/// If `diagnose` fails. Findings are no failure.
pub fn diagnosed(lab: Lab, captures: &[PathBuf]) -> Result<Vec<Value>, String> {
    let output = lab
        .command()
        .args(["diagnose", "--json"])
        .args(captures)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{}: {error}", lab.0))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let lines = text.lines().map(serde_json::from_str);
    let lines = lines.collect::<Result<Vec<Value>, serde_json::Error>>();
    match output.status.code() {
        Some(0 | 1) => lines.map_err(|error| error.to_string()),
        code => Err(format!(
            "diagnose: exit code {code:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        )),
    }
}

fn assert_findings_of(lab: Lab, name: &str, ran: &Ran, capture: &Path) -> Result<(), String> {
    if ran.recording.info.engine == Engine::Native || ran.recording.info.exact == Some(false) {
        return Ok(());
    }
    let found = found(lab, ran, capture)?;
    if std::env::var_os(VARIABLE).is_some_and(|it| it == "record") {
        return record(name, found);
    }
    if varies(&ran.recording.info.scenario) {
        return Ok(());
    }
    let again = format!(
        "where that is right, take the line of `{name}` out of {} and run it with \
         `{VARIABLE}=record`, with some seeds, too",
        file().display()
    );
    let table = read();
    let known = table.get(name).ok_or_else(|| {
        format!("the table of findings has no `{name}`, of which is found: {found:?}; {again}")
    })?;
    let is_of_timers = |kind: &str| OF_TIMERS.contains(&kind);
    let missed: Vec<&String> = known
        .iter()
        .filter(|(kind, must)| **must && !is_of_timers(kind) && !found.contains(*kind))
        .map(|(kind, _)| kind)
        .collect();
    let of_lesson: BTreeSet<&String> = table
        .iter()
        .filter(|(run, _)| lesson_of(run) == lesson_of(name))
        .flat_map(|(_, kinds)| kinds.keys())
        .collect();
    let false_alarms: Vec<&String> = found
        .iter()
        .filter(|kind| !known.contains_key(*kind))
        .filter(|kind| !(is_of_timers(kind) && of_lesson.contains(kind)))
        .collect();
    match missed.is_empty() && false_alarms.is_empty() {
        true => Ok(()),
        false => Err(format!(
            "of its capture, `diagnose` misses {missed:?}, and finds {false_alarms:?} that \
             the table does not name; {again}"
        )),
    }
}

/// The lesson of a run. The run is called `LESSON` or `LESSON-SABOTAGE`.
fn lesson_of(run: &str) -> &str {
    match run.rsplit_once('-') {
        Some((lesson, number)) if number.parse::<u8>().is_ok() => lesson,
        _ => run,
    }
}

/// The kinds of finding in a capture, by the command `diagnose`, as users have it.
fn found(lab: Lab, ran: &Ran, capture: &Path) -> Result<BTreeSet<String>, String> {
    // A scenario without an association has a capture without a packet.
    if ran.recording.packets.is_empty() {
        return Ok(BTreeSet::new());
    }
    let all = diagnosed(lab, &[capture.to_owned()])?;
    let findings = all.iter().filter_map(|it| it["findings"].as_array());
    let names = findings.flatten().filter_map(|it| it["finding"].as_str());
    Ok(names.map(str::to_owned).collect())
}

fn record(name: &str, found: BTreeSet<String>) -> Result<(), String> {
    let _one = RECORDING.lock().unwrap_or_else(PoisonError::into_inner);
    let mut table = read();
    let line = match table.remove(name) {
        None => found.into_iter().map(|kind| (kind, true)).collect(),
        Some(mut known) => {
            for (kind, must) in &mut known {
                *must &= found.contains(kind);
            }
            for kind in found {
                known.entry(kind).or_insert(false);
            }
            known
        }
    };
    table.insert(name.to_owned(), line);
    let lines = table.iter().map(|(name, kinds)| {
        let kinds = kinds.iter().map(|(kind, must)| match must {
            true => format!(" {kind}"),
            false => format!(" ?{kind}"),
        });
        format!("{name}:{}\n", kinds.collect::<String>())
    });
    let file = file();
    fs::write(&file, lines.collect::<String>())
        .map_err(|error| format!("{}: {error}", file.display()))
}

fn read() -> BTreeMap<String, Kinds> {
    let text = fs::read_to_string(file()).unwrap_or_default();
    let lines = text.lines().filter_map(|line| line.split_once(':'));
    lines
        .map(|(name, kinds)| {
            let kinds = kinds.split_whitespace().map(|it| {
                let kind = it.trim_start_matches('?');
                (kind.to_owned(), kind == it)
            });
            (name.to_owned(), kinds.collect())
        })
        .collect()
}

fn file() -> PathBuf {
    repository().join("tests/snapshots/findings.txt")
}
