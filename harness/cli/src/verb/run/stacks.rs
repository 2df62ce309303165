//! The matrix of a run on several stacks, side by side.

use oracle::Result;
use serde_json::{Value, json};

use super::column::{Column, aligned};
use super::task::excused_by;
use crate::console;
use crate::judged::Judged;

/// The result of one scenario on one stack.
#[derive(Clone, PartialEq, Eq)]
enum Answer {
    Passed,
    Failed(String),
    Excused(String),
    AsKnown,
    Unsupported(String),
    NotRun,
}

/// Tests the kind of an answer.
type Is = fn(&Answer) -> bool;

/// The kinds of answers that are counted below the table.
const SUMS: [(&str, Is); 6] = [
    ("passed", |it| *it == Answer::Passed),
    ("failed", |it| matches!(it, Answer::Failed(_))),
    ("failed by a SHOULD or a MAY", |it| {
        matches!(it, Answer::Excused(_))
    }),
    ("failed as known", |it| *it == Answer::AsKnown),
    ("unsupported", |it| matches!(it, Answer::Unsupported(_))),
    ("not run", |it| *it == Answer::NotRun),
];

/// Prints the table: a line a scenario, a column a stack, and the sums.
pub(super) fn tell(columns: &[Column], as_json: bool) {
    let Some(first) = columns.first() else {
        return;
    };
    let label = |column: &Column| column.label.clone().unwrap_or_default();
    let labels: Vec<String> = columns.iter().map(label).collect();
    let names = first
        .tasks
        .iter()
        .map(|task| task.request.name().to_owned());
    let rows: Vec<(String, Vec<Answer>)> = names
        .enumerate()
        .map(|(index, name)| {
            let answers = columns.iter().map(|column| answer(column, index));
            (name, answers.collect())
        })
        .collect();
    if as_json {
        for (name, answers) in &rows {
            let each = labels.iter().zip(answers);
            let stacks: Vec<Value> = each
                .map(|(label, answer)| json!({"label": label, "answer": answer.words()}))
                .collect();
            let line = json!({"format": 1, "scenario": name, "stacks": stacks});
            console::print(&console::json(&line));
        }
        return;
    }
    let mut lines = vec![[vec![String::new()], labels].concat()];
    for (name, answers) in &rows {
        let words = answers.iter().map(Answer::words);
        lines.push(std::iter::once(name.clone()).chain(words).collect());
    }
    for (words, is) in SUMS {
        let counts: Vec<usize> = (0..columns.len())
            .map(|column| rows.iter().filter(|(_, row)| is(&row[column])).count())
            .collect();
        if counts.iter().any(|count| *count > 0) {
            let counts = counts.iter().map(ToString::to_string);
            lines.push(std::iter::once(words.to_owned()).chain(counts).collect());
        }
    }
    console::print(&aligned(&lines));
}

fn answer(column: &Column, index: usize) -> Answer {
    let Ok(judged) = Judged::try_open(&column.tasks[index].folder) else {
        return Answer::NotRun;
    };
    let verdict = &judged.verdict;
    if let Some(skip) = &verdict.skipped {
        return Answer::Unsupported(skip.capability.clone());
    }
    let must = judged.must();
    if must.is_known_failure(verdict) {
        return Answer::AsKnown;
    }
    let failed: Vec<&str> = verdict
        .judgements
        .iter()
        .filter(|it| matches!(it.result, Result::Failed))
        .map(|it| it.name.as_str())
        .collect();
    match excused_by(&column.args, &judged) {
        _ if must.is_good(verdict) => Answer::Passed,
        Some(level) => Answer::Excused(format!("{}, by a {level}", failed.join(", "))),
        None => Answer::Failed(failed.join(", ")),
    }
}

impl Answer {
    fn words(&self) -> String {
        match self {
            Self::Passed => "passed".to_owned(),
            Self::Failed(by) | Self::Excused(by) => format!("failed: {by}"),
            Self::AsKnown => "failed as known".to_owned(),
            Self::Unsupported(what) => format!("unsupported: {what}"),
            Self::NotRun => "not run".to_owned(),
        }
    }
}
