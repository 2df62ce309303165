//! Prints the coverage, as text and as JSON.

use std::fmt::Write;

use serde_json::{Value, json};

use super::counted::{Counted, Reached};

/// Number of unreached functions that are listed.
const LARGEST: usize = 10;

pub(super) fn text(counted: &Counted, release: &str, scenarios: usize) -> String {
    let mut lines = Reached::default();
    let mut functions = Reached::default();
    let mut rows = String::new();
    let mut files: Vec<_> = counted.files.iter().collect();
    files.sort_by_key(|(_, file)| std::cmp::Reverse(file.lines().all));
    for (name, file) in files {
        lines.add(file.lines());
        functions.add(file.functions());
        let _ = writeln!(rows, "{}", row(name, file.lines(), file.functions()));
    }
    let mut text = format!(
        "net/sctp of Linux {release}, as {} reached it\n\n{:26}{:>16} {:>5}  {:>12}\n{rows}{}\n",
        report::count(scenarios as u64, "scenario"),
        "file",
        "lines",
        "",
        "functions",
        row("all", lines, functions),
    );
    let never = counted.never_reached();
    if never.is_empty() {
        return text;
    }
    let shown = never.len().min(LARGEST);
    let _ = writeln!(
        text,
        "\nnever reached: {}; the largest of them, by lines of code:",
        report::count(never.len() as u64, "function")
    );
    for (file, name, function) in never.into_iter().take(shown) {
        let (all, line) = (function.lines.len(), function.line);
        let _ = writeln!(text, "{all:>6}  {name}  ({file}:{line})");
    }
    text
}

fn row(name: &str, lines: Reached, functions: Reached) -> String {
    let of = |it: Reached| format!("{} of {}", it.reached, it.all);
    let percent = (lines.reached * 100).checked_div(lines.all).unwrap_or(0);
    let (lines, functions) = (of(lines), of(functions));
    format!("{name:26}{lines:>16} {percent:>3} %  {functions:>12}")
}

pub(super) fn json(counted: &Counted, release: &str, scenarios: &[&str]) -> String {
    let of = |it: Reached| json!({"reached": it.reached, "all": it.all});
    let files: Vec<Value> = counted
        .files
        .iter()
        .map(|(name, file)| {
            let functions: Vec<Value> = file
                .functions
                .iter()
                .map(|(name, it)| {
                    json!({
                        "name": name,
                        "line": it.line,
                        "calls": it.calls,
                        "lines": of(it.reached()),
                    })
                })
                .collect();
            json!({"file": name, "lines": of(file.lines()), "functions": functions})
        })
        .collect();
    let told = json!({
        "format": 1,
        "kernel": format!("Linux {release}"),
        "scenarios": scenarios,
        "files": files,
    });
    format!("{told}\n")
}
