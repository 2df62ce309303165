//! What a sweep found: the table at its end, and the files for other programs.

use std::collections::BTreeSet;
use std::path::Path;

use scenario::Scenario;
use serde_json::json;
use sweep::{Outcome, Point, Row, Store, Summary, tables};

use super::refused;
use crate::console;
use crate::exit::Exit;

/// Writes the files, prints the table or its JSON, and tells how it ended.
pub(super) fn publish(store: &Store, scenario: &Scenario, as_json: bool) -> Result<Exit, Exit> {
    let rows = store.rows().map_err(|error| refused(&error))?;
    let summary = Summary::of(&rows);
    let shown = shown(&summary, scenario);
    write(store.folder(), &rows, &summary, &shown)?;
    if as_json {
        for point in &summary.points {
            console::print(&format!("{}\n", json_of(point)));
        }
    } else {
        console::print(&table(&summary, &shown));
        console::print(&format!(
            "rows: {}/rows.jsonl, rows.csv, rows.parquet; picture: {}/sweep.html\n",
            store.folder().display(),
            store.folder().display()
        ));
    }
    let bad = rows.iter().find(|row| row.outcome == Outcome::NotRun);
    if let Some(row) = bad {
        let why = row.why.as_deref().unwrap_or_default();
        console::error(&format!("the cell {} was not run: {why}", row.cell));
        return Ok(Exit::CannotRun);
    }
    Ok(Exit::of_verdict(summary.count(Outcome::Failed) == 0))
}

/// The numbers for the table: those that the scenario measures; where it measures
/// nothing, the times of its expectations.
fn shown(summary: &Summary, scenario: &Scenario) -> Vec<String> {
    let all: BTreeSet<&String> = summary
        .points
        .iter()
        .flat_map(|point| point.numbers.keys())
        .collect();
    let is_measured = |name: &str| {
        let mut measures = scenario.measures.iter();
        measures.any(|it| {
            let rest = name.strip_prefix(it.name.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    };
    let measured: Vec<String> = all
        .iter()
        .filter(|name| is_measured(name))
        .map(|name| (*name).clone())
        .collect();
    if !measured.is_empty() {
        return measured;
    }
    let elapsed = all.into_iter().filter(|name| name.ends_with(".elapsed"));
    elapsed.cloned().collect()
}

fn write(folder: &Path, rows: &[Row], summary: &Summary, shown: &[String]) -> Result<(), Exit> {
    let failed = |name: &str, error: &dyn std::fmt::Display| {
        console::error(&format!("{}: {error}", folder.join(name).display()));
        Exit::CannotRun
    };
    let mut csv = Vec::new();
    tables::csv(rows, &mut csv).map_err(|error| failed("rows.csv", &error))?;
    let mut parquet = Vec::new();
    tables::parquet(rows, &mut parquet).map_err(|error| failed("rows.parquet", &error))?;
    let html = sweep::picture(summary, shown).into_bytes();
    for (name, content) in [
        ("rows.csv", csv),
        ("rows.parquet", parquet),
        ("sweep.html", html),
    ] {
        disk::replace(&folder.join(name), &content).map_err(|error| failed(name, &error))?;
    }
    Ok(())
}

fn json_of(point: &Point) -> serde_json::Value {
    let numbers = point.numbers.iter().map(|(name, it)| {
        let spread = json!({
            "count": it.count,
            "least": it.least,
            "median": it.median,
            "p95": it.p95,
            "most": it.most,
        });
        (name.clone(), spread)
    });
    let numbers: serde_json::Map<String, serde_json::Value> = numbers.collect();
    json!({
        "format": 1,
        "parameters": point.parameters,
        "runs": point.runs,
        "numbers": numbers,
    })
}

/// One line a point: its parameters, how its runs came out, and of each number the
/// median and what 95 of 100 runs do not exceed.
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
            Some(it) => format!("{} / {}", short(it.median), short(it.p95)),
            None => "-".to_owned(),
        }));
        lines.push(cells);
    }
    let mut text = aligned(&lines);
    text.push_str("each number: the median, and what 95 of 100 runs do not exceed\n");
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
