//! Publishes the results of a sweep: the table at its end, and the files for other
//! programs.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::Path;

use disk::FileDraft;
use scenario::Scenario;
use serde_json::json;
use sweep::tables::{self, Names, TableError};
use sweep::{Gathering, KERNEL, Outcome, Page, Pages, Point, Row, Rows, Store, Summary};

use super::refused;
use crate::console;
use crate::exit::Exit;

/// The folder for the pages of recordings, in a sweep's folder.
pub(super) const PAGES: &str = "pages";

/// Writes the files, and prints the table or its JSON. Returns the exit code of the sweep.
pub(super) fn publish(store: &Store, scenario: &Scenario, as_json: bool) -> Result<Exit, Exit> {
    let rows = store.rows().map_err(|error| refused(&error))?;
    let mut gathering = Gathering::default();
    let mut names = Names::default();
    let mut failed = Vec::new();
    let mut not_run = None;
    for (site, row) in rows.iter().enumerate() {
        let row = row.map_err(|error| refused(&error))?;
        gathering.add(&row);
        names.learn(&row);
        let why = row.why.clone().unwrap_or_default();
        match row.outcome {
            Outcome::Failed => failed.push((site, why)),
            Outcome::NotRun if not_run.is_none() => not_run = Some((row.cell, why)),
            _ => {}
        }
    }
    let summary = gathering.summary();
    let shown = shown(&summary, scenario);
    write_tables(store.folder(), &names, &rows)?;
    let title = &scenario.title;
    draw(store.folder(), title, &rows, &summary, &shown, &failed)?;
    if as_json {
        for point in &summary.points {
            console::print(&format!("{}\n", json_of(point, &rows)?));
        }
    } else {
        console::print(&table(&summary, &shown));
        console::print(&format!(
            "rows: {}/rows.jsonl, rows.csv, rows.parquet; picture: {}/sweep.html\n",
            store.folder().display(),
            store.folder().display()
        ));
    }
    if let Some((cell, why)) = not_run {
        console::error(&format!("the cell {cell} was not run: {why}"));
        return Ok(Exit::CannotRun);
    }
    Ok(Exit::of_verdict(summary.count(Outcome::Failed) == 0))
}

/// The numbers for the table: the scenario's measures. A scenario without measures shows the
/// times of its expectations.
fn shown(summary: &Summary, scenario: &Scenario) -> Vec<String> {
    let all: BTreeSet<&String> = summary
        .points
        .iter()
        .flat_map(|point| point.numbers.keys())
        .collect();
    // In the order of the scenario's measures.
    let measured: Vec<String> = scenario
        .measures
        .iter()
        .flat_map(|measure| {
            let is_its = |name: &&&String| {
                let rest = name.strip_prefix(measure.name.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            };
            all.iter()
                .filter(is_its)
                .map(|name| (*name).clone())
                .collect::<Vec<_>>()
        })
        .collect();
    if !measured.is_empty() {
        return measured;
    }
    let elapsed = all.into_iter().filter(|name| name.ends_with(".elapsed"));
    elapsed.cloned().collect()
}

fn complain(file: &Path, error: &dyn std::fmt::Display) -> Exit {
    console::error(&format!("{}: {error}", file.display()));
    Exit::CannotRun
}

fn write_tables(folder: &Path, names: &Names, rows: &Rows) -> Result<(), Exit> {
    let write = |name: &str, fill: &dyn Fn(&mut File) -> Result<(), TableError>| {
        let path = folder.join(name);
        let written = FileDraft::begin(&path)
            .map_err(TableError::from)
            .and_then(|mut draft| {
                fill(draft.file())?;
                Ok(draft.finish()?)
            });
        written.map_err(|error| complain(&path, &error))
    };
    write("rows.csv", &|file| tables::csv(names, rows.iter(), file))?;
    write("rows.parquet", &|file| {
        tables::parquet(names, rows.iter(), file)
    })
}

fn draw(
    folder: &Path,
    title: &str,
    rows: &Rows,
    summary: &Summary,
    shown: &[String],
    failed: &[(usize, String)],
) -> Result<(), Exit> {
    let of = |site: usize| {
        let Some(Ok(row)) = rows.get(site) else {
            return Page {
                link: None,
                again: String::new(),
            };
        };
        let page = format!("{PAGES}/{}.html", row.cell);
        Page {
            link: folder.join(&page).is_file().then_some(page),
            again: again(&row),
        }
    };
    let pages = Pages { of: &of, failed };
    let html = sweep::picture(title, summary, shown, &pages);
    let path = folder.join("sweep.html");
    disk::replace(&path, html.as_bytes()).map_err(|error| complain(&path, &error))
}

/// The arguments that run the cell of a row again.
fn again(row: &Row) -> String {
    let values = row.parameters.iter().map(|(name, value)| match &**name {
        KERNEL => format!("--kernel {value}"),
        name => format!("--set {name}={value}"),
    });
    values.collect::<Vec<_>>().join(" ")
}

fn json_of(point: &Point, rows: &Rows) -> Result<serde_json::Value, Exit> {
    let mut numbers = serde_json::Map::new();
    for (name, it) in &point.numbers {
        let cell = |site| match rows.get(site) {
            Some(Ok(row)) => Ok(Some(row.cell)),
            Some(Err(error)) => Err(refused(&error)),
            None => Ok(None),
        };
        let spread = json!({
            "count": it.count,
            "least": it.least,
            "median": it.median.value,
            "p95": it.p95.value,
            "most": it.most.value,
            "most-cell": cell(it.most.row)?,
        });
        numbers.insert(name.clone(), spread);
    }
    Ok(json!({
        "format": 1,
        "parameters": point.parameters,
        "runs": point.runs,
        "numbers": numbers,
    }))
}

/// A line for each point: the parameters, the number of runs and of failures, and for each
/// number the median and the 95th percentile.
fn table(summary: &Summary, shown: &[String]) -> String {
    let varied = summary.varied();
    let mut lines = vec![heads(&varied, shown)];
    for point in &summary.points {
        let parameters = varied
            .iter()
            .map(|name| point.parameters.get(*name).cloned().unwrap_or_default());
        let mut cells: Vec<String> = parameters.collect();
        cells.push(point.runs.values().sum::<usize>().to_string());
        let failed = point.runs.get(Outcome::Failed.word()).copied();
        cells.push(failed.unwrap_or_default().to_string());
        cells.extend(shown.iter().map(|name| match point.numbers.get(name) {
            Some(it) => format!("{} / {}", short(it.median.value), short(it.p95.value)),
            None => "-".to_owned(),
        }));
        lines.push(cells);
    }
    let mut text = aligned(&lines);
    text.push_str(
        "each number: the median, and what 95 of 100 runs do not exceed; times in seconds\n",
    );
    text
}

fn heads(varied: &[&str], shown: &[String]) -> Vec<String> {
    let mut heads: Vec<String> = varied.iter().map(|name| (*name).to_owned()).collect();
    heads.extend(["runs".to_owned(), "failed".to_owned()]);
    heads.extend(shown.iter().cloned());
    heads
}

/// Three decimals at most.
fn short(number: f64) -> String {
    let text = format!("{number:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn aligned(lines: &[Vec<String>]) -> String {
    let columns = lines.first().map_or(0, Vec::len);
    let width = |column: usize| {
        let cells = lines.iter().filter_map(|line| line.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for line in lines {
        let cells = line.iter().zip(&widths);
        let padded: Vec<String> = cells
            .map(|(cell, width)| format!("{cell:>width$}"))
            .collect();
        text.push_str(&padded.join("  "));
        text.push('\n');
    }
    text
}
