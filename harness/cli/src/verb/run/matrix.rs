//! The matrix of a run: the results of each scenario on all kernels, side by side.

use std::path::PathBuf;

use engine::Ready;
use expected::Expectation;
use oracle::Result;
use report::{Diff, Side};
use serde_json::{Value, json};

use super::column::{Column, aligned};
use super::known::Compared;
use super::task::Task;
use crate::console::{self, Progress};
use crate::engines;
use crate::exit::Exit;
use crate::interrupt::Interrupt;
use crate::judged::Judged;

/// Number of runs with other seeds that show what differs by chance.
const SEEDS: u64 = 3;

/// Greatest number of lines of differences that are printed for a scenario.
const LINES: usize = 24;

/// One scenario on one kernel, with the judged recording.
struct Ran<'c> {
    column: &'c Column,
    ready: &'c dyn Ready,
    task: &'c Task,
    judged: Option<Judged>,
}

/// The result of one scenario on one kernel, for printing. No recording is kept in memory
/// after its comparison.
struct Cell<'k> {
    /// Name and release that the kernel reports; `None` if the scenario was not run.
    kernel: Option<String>,
    words: String,
    json: Value,
    folder: PathBuf,
    /// The differences from the first kernel's recording, without those by chance.
    compared: Compared<'k>,
}

/// Compares each kernel's recordings with the first kernel's, and prints the table. Fails if
/// a difference is not a known one.
pub(super) fn tell(
    columns: &[Column],
    ready: &[&dyn Ready],
    known: &[Expectation],
    as_json: bool,
    interrupt: &Interrupt,
    progress: &Progress,
) -> Exit {
    let Some(first) = columns.first() else {
        return Exit::Passed;
    };
    let mut rows = Vec::with_capacity(first.tasks.len());
    for (index, task) in first.tasks.iter().enumerate() {
        let name = task.request.name();
        progress.say(&format!("{name}: comparing the kernels"));
        let kernels = columns.iter().zip(ready);
        let row = row(
            kernels.map(|(column, ready)| Ran::of(column, *ready, index)),
            known,
            interrupt,
        );
        rows.push((name.to_owned(), row));
    }
    progress.done();
    let mut cells = rows.iter().flat_map(|(_, row)| row);
    let exit = Exit::of_verdict(cells.all(|cell| cell.compared.is_as_known()));
    if as_json {
        for (name, row) in &rows {
            let kernels: Vec<&Value> = row.iter().map(|cell| &cell.json).collect();
            let line = json!({"format": 1, "scenario": name, "kernels": kernels});
            console::print(&console::json(&line));
        }
        return exit;
    }
    console::print(&table(columns, &rows));
    for (name, row) in &rows {
        for (cell, column) in row.iter().zip(columns) {
            let labels = [label(first), label(column)];
            console::print(&differences(name, labels, [&row[0], cell]));
            console::print(&known_ones(name, labels, &cell.compared));
        }
    }
    exit
}

/// One scenario on all kernels.
fn row<'c, 'k>(
    mut kernels: impl Iterator<Item = Ran<'c>>,
    known: &'k [Expectation],
    interrupt: &Interrupt,
) -> Vec<Cell<'k>> {
    let Some(first) = kernels.next() else {
        return Vec::new();
    };
    // Computed at the first difference, and then used for all other kernels.
    let mut chance_of_first = None;
    let mut row = vec![first.told(Compared::default())];
    for other in kernels {
        let diff = first.ran().zip(other.ran()).map(|(one, two)| {
            let diff = report::diff(side(one), side(two));
            if diff.is_empty() {
                return diff;
            }
            let of_first = chance_of_first.get_or_insert_with(|| first.by_chance(one, interrupt));
            let of_other = other.by_chance(two, interrupt);
            diff.beyond(of_first).beyond(&of_other)
        });
        let compared = match (&first.judged, &other.judged) {
            (Some(one), Some(two)) => Compared::of(known, [one, two], diff),
            _ => Compared::default(),
        };
        row.push(other.told(compared));
    }
    row
}

impl<'c> Ran<'c> {
    fn of(column: &'c Column, ready: &'c dyn Ready, index: usize) -> Self {
        let task = &column.tasks[index];
        Self {
            column,
            ready,
            task,
            judged: Judged::try_open(&task.folder).ok(),
        }
    }

    /// The judged recording, unless the scenario was skipped.
    fn ran(&self) -> Option<&Judged> {
        let judged = self.judged.as_ref();
        judged.filter(|it| it.verdict.skipped.is_none())
    }

    /// The differences of runs with other seeds from this run, on the same kernel.
    fn by_chance(&self, base: &Judged, interrupt: &Interrupt) -> Vec<Diff> {
        if self.ready.is_in_real_time() {
            return Vec::new();
        }
        let own = &self.task.request;
        let diffs = (1..=SEEDS).filter_map(|seed| {
            let request = own.with_seed(own.seed.unwrap_or(0) + seed);
            let recording = engines::run(self.ready, &request, interrupt, None, None).ok()?;
            let other = Judged::of_run(&request, recording);
            Some(report::diff(side(base), side(&other)))
        });
        diffs.collect()
    }

    fn told<'k>(&self, compared: Compared<'k>) -> Cell<'k> {
        let mut json = json!({"label": label(self.column)});
        if let Some(judged) = &self.judged {
            let info = &judged.recording.info;
            json["engine"] = json!(info.engine);
            json["kernel"] = json!(info.kernel);
            json["passed"] = json!(judged.verdict.passed());
            json["skipped"] = json!(judged.verdict.skipped.is_some());
        }
        if let Some(diff) = &compared.unexpected {
            json["diff"] = json!(diff);
        }
        let tell = |all: &[&Expectation]| -> Vec<Value> {
            let all = all.iter();
            all.map(|it| json!({"what": it.what, "why": it.why}))
                .collect()
        };
        json["as-expected"] = json!(compared.is_as_known());
        json["expected"] = json!(tell(&compared.as_known));
        json["gone"] = json!(tell(&compared.gone));
        let judged = self.judged.as_ref();
        Cell {
            kernel: judged.map(|it| it.recording.info.kernel.clone()),
            words: self.words(&compared),
            json,
            folder: self.task.folder.clone(),
            compared,
        }
    }

    fn words(&self, compared: &Compared<'_>) -> String {
        let Some(judged) = &self.judged else {
            return "not run".to_owned();
        };
        let verdict = &judged.verdict;
        let as_expected = match compared.as_known.is_empty() {
            true => "",
            false => ", differs as expected",
        };
        if verdict.skipped.is_some() {
            return format!("skipped{as_expected}");
        }
        let failed: Vec<&str> = verdict
            .judgements
            .iter()
            .filter(|it| matches!(it.result, Result::Failed | Result::NotReached))
            .map(|it| it.name.as_str())
            .collect();
        let words = match failed.as_slice() {
            [] => "passed".to_owned(),
            _ if judged.must().is_known_failure(verdict) => "fails as known".to_owned(),
            names => format!("failed: {}", names.join(", ")),
        };
        match compared.unexpected.as_ref().map(Diff::count) {
            None | Some(0) => format!("{words}{as_expected}"),
            Some(number) => format!("{words}, {}", report::count(number as u64, "difference")),
        }
    }
}

fn side(judged: &Judged) -> Side<'_> {
    Side {
        recording: &judged.recording,
        verdict: &judged.verdict,
    }
}

fn label(column: &Column) -> &str {
    column.label.as_deref().unwrap_or_default()
}

/// A table with a line for each scenario and a column for each kernel.
fn table(columns: &[Column], rows: &[(String, Vec<Cell>)]) -> String {
    let mut lines = vec![vec![String::new()]];
    lines[0].extend(columns.iter().map(|it| label(it).to_owned()));
    lines.push(vec![String::new()]);
    let kernels = (0..columns.len()).map(|index| {
        let named = rows.iter().find_map(|(_, row)| row[index].kernel.clone());
        named.unwrap_or_default()
    });
    lines[1].extend(kernels);
    for (name, row) in rows {
        let mut line = vec![name.clone()];
        line.extend(row.iter().map(|cell| cell.words.clone()));
        lines.push(line);
    }
    aligned(&lines)
}

/// The differences of a scenario between two kernels, and the command that shows all of
/// them.
fn differences(name: &str, labels: [&str; 2], cells: [&Cell; 2]) -> String {
    let [one, other] = labels;
    if let Some(skips) = &cells[1].compared.skips {
        let (skipping, running) = (labels[skips.side], labels[1 - skips.side]);
        let why = terminal::escape(&skips.why);
        return format!("\n{name}: {skipping} skips it, {running} runs it: {why}\n");
    }
    let diff = cells[1].compared.unexpected.as_ref();
    let Some(diff) = diff.filter(|it| !it.is_empty()) else {
        return String::new();
    };
    let text = report::print_differences(diff, console::color());
    let mut out = format!("\n{name}: {one} (-) and {other} (+)\n");
    let lines = text.lines().count();
    for line in text.lines().take(LINES) {
        out.push_str(&format!("  {line}\n"));
    }
    if lines > LINES {
        let [one, other] = cells.map(|cell| cell.folder.display());
        let more = lines - LINES;
        out.push_str(&format!(
            "  {more} lines more: sctp-lab diff {one} {other}\n"
        ));
    }
    out
}

/// The known differences of a scenario that were found, and those that are gone.
fn known_ones(name: &str, [one, other]: [&str; 2], compared: &Compared<'_>) -> String {
    let mut out = String::new();
    for it in &compared.as_known {
        out.push_str(&format!(
            "\n{name}: {one} and {other} differ as expected\n  {}\n  why: {}\n",
            it.what, it.why
        ));
    }
    for it in &compared.gone {
        out.push_str(&format!(
            "\n{name}: {one} and {other} no longer differ as expected; take it off the list if \
             that stays so\n  {}\n  why: {}\n",
            it.what, it.why
        ));
    }
    terminal::escape_lines(&out)
}
