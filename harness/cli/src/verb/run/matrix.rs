//! What the kernels of one command make of each scenario, side by side.

use engine::{Ready, Request};
use oracle::Result;
use report::{Diff, Side};
use serde_json::{Value, json};

use super::column::Column;
use super::task::Task;
use crate::console::{self, Progress};
use crate::interrupt::Interrupt;
use crate::judged::Judged;
use crate::outcome::Must;
use crate::{engines, place};

/// So many runs with other seeds tell what differs by chance.
const SEEDS: u64 = 3;

/// So many lines of differences are printed of a scenario.
const LINES: usize = 24;

/// One scenario on one kernel.
struct Cell {
    judged: Option<Judged>,
    /// How it differs from the first kernel's, but for what differs by chance.
    differences: Option<Diff>,
}

/// Compares each kernel's recordings with the first kernel's, and prints the table.
pub(super) fn tell(
    columns: &[Column],
    ready: &[&dyn Ready],
    as_json: bool,
    interrupt: &Interrupt,
    progress: &Progress,
) {
    let Some((first, others)) = columns.split_first() else {
        return;
    };
    let mut rows = Vec::with_capacity(first.tasks.len());
    for (index, task) in first.tasks.iter().enumerate() {
        progress.say(&format!("{}: comparing the kernels", task.request.name));
        let mut row = vec![Cell::of(task)];
        for (column, engine) in others.iter().zip(&ready[1..]) {
            let mut cell = Cell::of(&column.tasks[index]);
            let compared = Compared {
                columns: [first, column],
                ready: [ready[0], *engine],
                index,
            };
            cell.differences = compared.differences(&row[0], &cell, interrupt);
            row.push(cell);
        }
        rows.push((task.request.name.clone(), row));
    }
    progress.done();
    if as_json {
        for (name, row) in &rows {
            console::print(&console::json(&row_json(columns, name, row)));
        }
        return;
    }
    console::print(&table(columns, &rows));
    for (name, row) in &rows {
        for (cell, column) in row.iter().zip(columns) {
            console::print(&differences(name, column, first, cell));
        }
    }
}

impl Cell {
    fn of(task: &Task) -> Self {
        Self {
            judged: Judged::try_open(&task.folder).ok(),
            differences: None,
        }
    }

    /// What it was judged by, unless that is nothing but a reason to skip it.
    fn ran(&self) -> Option<&Judged> {
        let judged = self.judged.as_ref();
        judged.filter(|it| it.verdict.skipped.is_none())
    }

    fn words(&self) -> String {
        let Some(judged) = &self.judged else {
            return "not run".to_owned();
        };
        let verdict = &judged.verdict;
        if verdict.skipped.is_some() {
            return "skipped".to_owned();
        }
        let failed: Vec<&str> = verdict
            .judgements
            .iter()
            .filter(|it| matches!(it.result, Result::Failed | Result::NotReached))
            .map(|it| it.name.as_str())
            .collect();
        let must = Must::of(&judged.scenario, judged.sabotage(), &judged.recording);
        let mut words = match failed.as_slice() {
            [] => "passed".to_owned(),
            _ if must.is_known_deviation(verdict) => "deviates as known".to_owned(),
            names => format!("failed: {}", names.join(", ")),
        };
        match self.differences.as_ref().map(Diff::count) {
            None | Some(0) => {}
            Some(1) => words.push_str(", 1 difference"),
            Some(number) => words.push_str(&format!(", {number} differences")),
        }
        words
    }
}

/// One scenario on two kernels.
struct Compared<'c> {
    columns: [&'c Column; 2],
    ready: [&'c dyn Ready; 2],
    index: usize,
}

impl Compared<'_> {
    fn differences(&self, first: &Cell, second: &Cell, interrupt: &Interrupt) -> Option<Diff> {
        let (first, second) = (first.ran()?, second.ran()?);
        let diff = report::diff(side(first), side(second));
        if diff.is_empty() {
            return Some(diff);
        }
        let mut by_chance = Vec::new();
        for (which, base) in [first, second].into_iter().enumerate() {
            for seed in 1..=SEEDS {
                let other = self.again(which, seed, interrupt);
                by_chance.extend(other.map(|other| report::diff(side(base), side(&other))));
            }
        }
        Some(diff.beyond(&by_chance))
    }

    /// Runs the scenario on one of the kernels with another seed.
    fn again(&self, which: usize, seed: u64, interrupt: &Interrupt) -> Option<Judged> {
        let (column, ready) = (self.columns[which], self.ready[which]);
        if ready.is_in_real_time() {
            return None;
        }
        let task = &column.tasks[self.index];
        let request = Request {
            name: task.request.name.clone(),
            source: task.request.source.clone(),
            sabotage: task.request.sabotage,
            seed: Some(task.request.seed.unwrap_or(0) + seed),
            live: false,
            programs: task.request.programs.clone(),
        };
        let limits = place::limits(&column.args.place, &task.scenario, ready);
        let recording = engines::run(ready, &request, limits, interrupt, &|_| {}, &|_| {});
        let scenario = scenario::parse(&request.name, &request.source).ok()?;
        Some(Judged::of(recording.ok()?, scenario))
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

/// A line a scenario, a column a kernel.
fn table(columns: &[Column], rows: &[(String, Vec<Cell>)]) -> String {
    let mut lines = vec![vec![String::new()]];
    lines[0].extend(columns.iter().map(|it| label(it).to_owned()));
    lines.push(vec![String::new()]);
    let kernels = (0..columns.len()).map(|index| {
        let judged = rows.iter().find_map(|(_, row)| row[index].judged.as_ref());
        judged.map_or_else(String::new, |it| it.recording.info.kernel.clone())
    });
    lines[1].extend(kernels);
    for (name, row) in rows {
        let mut line = vec![name.clone()];
        line.extend(row.iter().map(Cell::words));
        lines.push(line);
    }
    let width = |column: usize| {
        let cells = lines.iter().filter_map(|line| line.get(column));
        cells.map(|it| it.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..=columns.len()).map(width).collect();
    let mut out = String::from("\n");
    for line in &lines {
        let cells = line.iter().zip(&widths);
        let padded: Vec<String> = cells.map(|(it, width)| format!("{it:width$}")).collect();
        out.push_str(&terminal::escape(padded.join("  ").trim_end()));
        out.push('\n');
    }
    out
}

/// What of a scenario differs on a kernel, and the command that shows all of it.
fn differences(name: &str, column: &Column, first: &Column, cell: &Cell) -> String {
    let Some(diff) = cell.differences.as_ref().filter(|it| !it.is_empty()) else {
        return String::new();
    };
    let text = report::print_differences(diff, console::color());
    let mut out = format!("\n{name}: {} (-) and {} (+)\n", label(first), label(column));
    let lines = text.lines().count();
    for line in text.lines().take(LINES) {
        out.push_str(&format!("  {line}\n"));
    }
    if lines > LINES {
        let [one, other] = [first, column].map(|it| it.args.out.join(name));
        let (one, other) = (one.display(), other.display());
        let more = lines - LINES;
        out.push_str(&format!(
            "  {more} lines more: sctp-lab diff {one} {other}\n"
        ));
    }
    out
}

fn row_json(columns: &[Column], name: &str, row: &[Cell]) -> Value {
    let cells = row.iter().zip(columns).map(|(cell, column)| {
        let mut line = json!({"label": label(column)});
        if let Some(judged) = &cell.judged {
            let info = &judged.recording.info;
            line["engine"] = json!(info.engine);
            line["kernel"] = json!(info.kernel);
            line["passed"] = json!(judged.verdict.passed());
            line["skipped"] = json!(judged.verdict.skipped.is_some());
        }
        if let Some(diff) = &cell.differences {
            line["diff"] = json!(diff);
        }
        line
    });
    json!({"format": 1, "scenario": name, "kernels": cells.collect::<Vec<_>>()})
}
