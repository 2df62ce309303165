//! The overview of all runs: a table of scenarios and places.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};

use super::Run;
use super::captured::Captured;
use crate::text::count;

/// Scenarios as rows, places as columns. Each cell opens its run.
pub(super) fn matrix(runs: &[Run<'_>], ids: &[String]) -> Markup {
    let places: BTreeSet<String> = runs.iter().map(place).collect();
    // Scenarios of the course in its order, all others after them.
    let scenarios: BTreeSet<_> = runs
        .iter()
        .map(|run| (course::rank(&run.recording.info.scenario), title(run)))
        .collect();
    let good = runs.iter().filter(|run| run.good).count();
    html! {
        p.summary { (good) " of " (runs.len()) " runs behaved as expected" }
        table.matrix {
            caption { "Scenarios and where they ran" }
            thead {
                tr {
                    th scope="col" { "scenario" }
                    @for place in &places { th scope="col" { (place) } }
                }
            }
            tbody {
                @for (_, scenario) in &scenarios {
                    tr {
                        th scope="row" {
                            @let first = runs.iter().position(|run| title(run) == *scenario);
                            @if let Some(first) = first {
                                a href=(format!("#{}", ids[first])) { (scenario) }
                                small { (runs[first].scenario.title) }
                            }
                        }
                        @for place_name in &places {
                            td {
                                @for (number, run) in runs.iter().enumerate() {
                                    @if title(run) == *scenario && place(run) == *place_name {
                                        (cell(&ids[number], run))
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn cell(id: &str, run: &Run<'_>) -> Markup {
    let (class, mark, word) = match (&run.verdict.skipped, run.good) {
        (Some(_), _) => ("unknown", "–", "skipped"),
        (None, true) => ("good", "✓", "passed"),
        (None, false) => ("bad", "✗", "failed"),
    };
    let seconds = run.recording.info.duration.since_start().as_secs_f64();
    html! {
        a class=(class) href=(format!("#{id}")) {
            span aria-hidden="true" { (mark) } " " (word)
            @match &run.verdict.skipped {
                Some(skip) => small { " " (skip) },
                None => small { " " (format!("{seconds:.1} s")) },
            }
        }
    }
}

/// The list of captures. Each name opens its capture.
pub(super) fn captures(captures: &[Captured], ids: &[String]) -> Markup {
    html! {
        table.matrix {
            caption { "Captures" }
            thead { tr { th scope="col" { "file" } th scope="col" { "diagnosis" } } }
            tbody {
                @for (capture, id) in captures.iter().zip(ids) {
                    @let found = capture.diagnosis.findings.len();
                    tr {
                        th scope="row" { a href=(format!("#{id}")) { (capture.name) } }
                        @match found {
                            0 => { td.good { "nothing is wrong that the packets would show" } }
                            found => { td.bad { (count(found as u64, "finding")) } }
                        }
                    }
                }
            }
        }
    }
}

/// Identifiers of runs and captures in the page's address. They do not depend on which
/// other runs are there, unless these have the same name.
#[derive(Default)]
pub(super) struct Ids(BTreeMap<String, usize>);

impl Ids {
    pub(super) fn of(&mut self, title: &str) -> String {
        let name = slug(title);
        let times = self.0.entry(name.clone()).or_default();
        *times += 1;
        match *times {
            1 => name,
            number => format!("{name}.{number}"),
        }
    }
}

/// An identifier of letters, digits and dashes. A dot comes before a name that could be one
/// of the page's own identifiers.
fn slug(name: &str) -> String {
    let slug = name.chars().map(|it| match it.is_alphanumeric() {
        true => it,
        false => '-',
    });
    let slug: String = slug.collect();
    let is_taken = ["data-", "capture-"].iter().any(|it| slug.starts_with(it));
    match is_taken || slug == "all" {
        true => format!(".{slug}"),
        false => slug,
    }
}

fn place(run: &Run<'_>) -> String {
    let info = &run.recording.info;
    format!("{}, {}", info.engine, info.kernel)
}

/// Name of the scenario, with the sabotage under which it ran.
pub(super) fn title(run: &Run<'_>) -> String {
    let info = &run.recording.info;
    match &info.sabotage {
        Some(sabotage) => format!("{}, sabotaged: {sabotage}", info.scenario),
        None => info.scenario.clone(),
    }
}
