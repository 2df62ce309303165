//! All runs at a glance.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::Run;

/// Scenarios down, places across; each cell opens its run.
pub(super) fn matrix(runs: &[Run<'_>]) -> Markup {
    let places: BTreeSet<String> = runs.iter().map(place).collect();
    let scenarios: BTreeSet<String> = runs.iter().map(title).collect();
    let good = runs.iter().filter(|run| run.good).count();
    html! {
        h1 { "sctp-lab" }
        p.summary { (good) " of " (runs.len()) " runs as they should be" }
        table.matrix {
            caption { "Scenarios and where they ran" }
            thead {
                tr {
                    th scope="col" { "scenario" }
                    @for place in &places { th scope="col" { (place) } }
                }
            }
            tbody {
                @for scenario in &scenarios {
                    tr {
                        th scope="row" {
                            (scenario)
                            @if let Some(run) = runs.iter().find(|run| title(run) == *scenario) {
                                small { (run.scenario.title) }
                            }
                        }
                        @for place_name in &places {
                            td {
                                @for (number, run) in runs.iter().enumerate() {
                                    @if title(run) == *scenario && place(run) == *place_name {
                                        (cell(number, run))
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

fn cell(number: usize, run: &Run<'_>) -> Markup {
    let (class, mark, word) = match (&run.verdict.skipped, run.good) {
        (Some(_), _) => ("unknown", "–", "skipped"),
        (None, true) => ("good", "✓", "passed"),
        (None, false) => ("bad", "✗", "failed"),
    };
    let seconds = run.recording.info.duration.since_start().as_secs_f64();
    html! {
        a class=(class) href=(format!("#run-{number}")) {
            span aria-hidden="true" { (mark) } " " (word)
            @match &run.verdict.skipped {
                Some(skip) => small { " " (skip) },
                None => small { " " (format!("{seconds:.1} s")) },
            }
        }
    }
}

fn place(run: &Run<'_>) -> String {
    let info = &run.recording.info;
    format!("{}, {}", info.engine, info.kernel)
}

/// The scenario, and the sabotage it was run under.
pub(super) fn title(run: &Run<'_>) -> String {
    let info = &run.recording.info;
    match &info.sabotage {
        Some(sabotage) => format!("{}, sabotaged: {sabotage}", info.scenario),
        None => info.scenario.clone(),
    }
}
