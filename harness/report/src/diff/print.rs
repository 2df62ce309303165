//! Prints a comparison as text.

use std::fmt::Write as _;

use super::{Diff, Difference, Made, Section, Timing};
use crate::paint::{Paint, paint};
use crate::text::escape;

/// Prints the differences by section, and the verdicts side by side below them. `names`
/// identify the recordings.
#[must_use]
pub fn print(diff: &Diff, names: [&str; 2], color: bool) -> String {
    let mut out = String::new();
    for (mark, (name, made)) in ["-", "+"].iter().zip(names.iter().zip(&diff.sides)) {
        let _ = writeln!(out, "{mark} {}: {}", escape(name), escape(&words(made)));
    }
    for section in &diff.sections {
        let look = match section.differences.is_empty() {
            true => Paint::Good,
            false => Paint::Fault,
        };
        let count = match section.differences.len() {
            0 => format!("alike ({})", section.alike),
            number => format!("{number} not alike, {} alike", section.alike),
        };
        out.push('\n');
        paint(&mut out, section.name, Paint::Strong, color);
        out.push_str(": ");
        paint(&mut out, &count, look, color);
        out.push('\n');
        of_section(&mut out, section, color);
    }
    out.push('\n');
    paint(&mut out, "verdicts and timings", Paint::Strong, color);
    out.push('\n');
    for it in &diff.timings {
        timing(&mut out, it, color);
    }
    let (text, look) = match diff.is_empty() {
        true => ("the recordings are alike", Paint::Good),
        false => ("the recordings differ", Paint::Fault),
    };
    out.push('\n');
    paint(&mut out, text, look, color);
    out.push('\n');
    out
}

/// Prints only what differs.
#[must_use]
pub fn print_differences(diff: &Diff, color: bool) -> String {
    let mut out = String::new();
    let sections = diff.sections.iter();
    for section in sections.filter(|it| !it.differences.is_empty()) {
        paint(&mut out, section.name, Paint::Strong, color);
        out.push('\n');
        of_section(&mut out, section, color);
    }
    let mut disagree = diff.timings.iter().filter(|it| !it.agrees()).peekable();
    if disagree.peek().is_some() {
        paint(&mut out, "verdicts", Paint::Strong, color);
        out.push('\n');
    }
    for it in disagree {
        timing(&mut out, it, color);
    }
    out
}

fn of_section(out: &mut String, section: &Section, color: bool) {
    let mut about = "";
    for difference in &section.differences {
        if difference.what != about {
            about = &difference.what;
            if !is_the_whole(difference) {
                let _ = writeln!(out, "  {}", escape(about));
            }
        }
        side(out, '-', difference, &difference.first, color);
        side(out, '+', difference, &difference.second, color);
    }
}

fn words(made: &Made) -> String {
    let sabotage = made.sabotage.iter().map(|it| format!(", sabotaged ({it})"));
    let verdict = match made.passed {
        true => "passed",
        false => "failed",
    };
    let sabotage: String = sabotage.collect();
    format!("{} in {}{sabotage}, {verdict}", made.kernel, made.engine)
}

/// Whether one side lacks the whole thing, so that its name suffices.
fn is_the_whole(difference: &Difference) -> bool {
    let what = Some(&difference.what);
    difference.field.is_none()
        && (difference.first.as_ref() == what || difference.second.as_ref() == what)
}

fn side(
    out: &mut String,
    mark: char,
    difference: &Difference,
    value: &Option<String>,
    color: bool,
) {
    let field = difference.field.as_ref();
    let text = match (field, value) {
        (Some(field), Some(value)) => format!("{field}: {value}"),
        (Some(field), None) => format!("{field}: not there"),
        (None, Some(value)) => value.clone(),
        (None, None) => return,
    };
    let look = match mark {
        '-' => Paint::Fault,
        _ => Paint::Good,
    };
    out.push_str("  ");
    paint(out, &format!("{mark} {}", escape(&text)), look, color);
    out.push('\n');
}

fn timing(out: &mut String, it: &Timing, color: bool) {
    let look = match it.agrees() {
        true => Paint::Plain,
        false => Paint::Fault,
    };
    out.push_str("  ");
    paint(out, &escape(&it.name), look, color);
    out.push('\n');
    for (mark, side) in [('-', &it.first), ('+', &it.second)] {
        let text = match side {
            Some((result, seen)) => format!("{}: {seen}", word(*result)),
            None => "not there".to_owned(),
        };
        let _ = writeln!(out, "    {mark} {}", escape(&text));
    }
}

fn word(result: oracle::Result) -> &'static str {
    match result {
        oracle::Result::Passed => "passed",
        oracle::Result::Failed => "failed",
        oracle::Result::NotReached => "not reached",
        oracle::Result::NotShown => "not shown",
    }
}
