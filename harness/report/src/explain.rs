//! Prints a scenario's lesson, step by step, together with the ladder of a run.

use course::rfc9260::Requirements;
use oracle::Verdict;
use recording::{Event, Recording};
use scenario::Scenario;
use textwrap::{Options, WordSeparator, WordSplitter};

use crate::hosts::Hosts;
use crate::ladder::{LadderOptions, draw, lines_of};
use crate::line::{Line, StepKind, What};
use crate::paint::{Paint, paint};
use crate::text::escape;
use crate::verdict::with_rules;

/// Greatest width of the text: wider text is hard to read.
const MOST_COLUMNS: usize = 80;

/// Explains a scenario: its title, its RFC sections with links, its lesson, and the
/// ladder of a run. The words of each step stand before the packets that the step caused.
/// The verdict on the run comes last.
#[must_use]
pub fn explain(
    scenario: &Scenario,
    recording: &Recording,
    judged: &Verdict,
    options: &LadderOptions,
) -> String {
    let mut out = String::new();
    paint(
        &mut out,
        &escape(&scenario.title),
        Paint::Strong,
        options.color,
    );
    out.push_str("\n\n");
    if let Some(place) = course::place(&scenario.name) {
        out.push_str(&format!("  {place}\n\n"));
    }
    for section in &scenario.rfc {
        let title = section.title();
        let title = title.map_or_else(String::new, |title| format!(", {title}"));
        out.push_str(&format!("  {section}{title}\n    {}\n", section.url()));
    }
    sentences(&scenario.name, options, &mut out);
    if !scenario.rfc.is_empty() {
        out.push('\n');
    }
    paragraphs(&scenario.lesson, "", options, &mut out);
    differences(scenario, options, &mut out);
    ladder(scenario, recording, options, &mut out);
    out.push('\n');
    out.push_str(&with_rules(judged, recording, options));
    if !scenario.exercises.is_empty() {
        out.push_str(&format!("\nExercises: sctp-lab learn {}\n", scenario.name));
    }
    if let Some(next) = course::next(&scenario.name) {
        out.push_str(&format!("\n{next}\n"));
    }
    out
}

/// The sentences of RFC 9260 that the scenario shows, by the lab's table of requirements.
fn sentences(name: &str, options: &LadderOptions, out: &mut String) {
    // A test checks that the table can be read.
    let Ok(all) = Requirements::read() else {
        return;
    };
    let shown = all.shown_by(name);
    let ids: Vec<String> = shown.iter().map(|demand| demand.id.to_string()).collect();
    if !ids.is_empty() {
        let shown = ids.join(", ");
        let told = format!("Shows {shown} of RFC 9260: `sctp-lab rfc --case {name}`.");
        words(&told, "  ", options, out);
    }
}

/// The differences between RFC and Linux that the lesson shows.
fn differences(scenario: &Scenario, options: &LadderOptions, out: &mut String) {
    if scenario.deviates.is_empty() {
        return;
    }
    paint(out, "Where Linux differs", Paint::Strong, options.color);
    out.push('\n');
    for it in &scenario.deviates {
        let rules = it.rules();
        words(
            &format!("{}: {}.", rules.section, rules.rfc),
            "  ",
            options,
            out,
        );
        words(
            &format!("Linux: {} ({}).", rules.linux, rules.source),
            "  ",
            options,
            out,
        );
        out.push('\n');
    }
}

fn ladder(scenario: &Scenario, recording: &Recording, options: &LadderOptions, out: &mut String) {
    let hosts = Hosts::of(&recording.interfaces);
    let (before, shown): (Vec<&str>, Vec<Line>) =
        told_lines(scenario, recording, &hosts, options.full).unzip();
    let mut rows = draw(shown.into_iter(), &hosts, options);
    // The hosts' names, unless there are too many hosts for lanes.
    let header = rows.size_hint().0.saturating_sub(before.len());
    out.extend(rows.by_ref().take(header));
    for (text, row) in before.into_iter().zip(rows) {
        if !text.is_empty() {
            out.push('\n');
            paragraphs(text, "           ", options, out);
        }
        out.push_str(&row);
    }
}

/// The lines of the ladder, each with the words that stand before it.
pub(crate) fn told_lines<'a>(
    scenario: &'a Scenario,
    recording: &'a Recording,
    hosts: &'a Hosts,
    full: bool,
) -> impl Iterator<Item = (&'a str, Line)> {
    let steps = recording.observations.iter();
    let mut said = steps.filter_map(|it| match &it.event {
        Event::StepStarted { step, .. } => Some(said_of(scenario, step)),
        _ => None,
    });
    lines_of(recording, hosts, full).map(move |line| match begins_step(&line) {
        true => (said.next().unwrap_or_default(), line),
        false => ("", line),
    })
}

/// Every step has a line of its own in the ladder, folded or not.
fn begins_step(line: &Line) -> bool {
    matches!(&line.what, What::Step(step) if step.kind != StepKind::Failed)
}

fn said_of<'a>(scenario: &'a Scenario, step: &str) -> &'a str {
    let mut steps = scenario.steps.iter();
    steps
        .find(|it| it.name.as_str() == step)
        .map_or("", |step| step.say.as_str())
}

/// Writes paragraphs, each followed by an empty line.
fn paragraphs(text: &str, indent: &str, options: &LadderOptions, out: &mut String) {
    for paragraph in text.split("\n\n") {
        match paragraph.starts_with([' ', '\t']) {
            true => as_it_stands(paragraph, indent, out),
            false => words(paragraph, indent, options, out),
        }
        out.push('\n');
    }
}

/// Writes text unchanged. An indented line belongs to a table or the like.
fn as_it_stands(text: &str, indent: &str, out: &mut String) {
    for line in text.lines() {
        out.push_str(indent);
        out.push_str(&escape(line));
        out.push('\n');
    }
}

fn words(text: &str, indent: &str, options: &LadderOptions, out: &mut String) {
    let joined: Vec<&str> = text.split_whitespace().collect();
    let wrapping = Options::new(options.width.min(MOST_COLUMNS))
        .initial_indent(indent)
        .subsequent_indent(indent)
        .word_splitter(WordSplitter::NoHyphenation)
        .word_separator(WordSeparator::AsciiSpace);
    for line in textwrap::wrap(&escape(&joined.join(" ")), wrapping) {
        out.push_str(&line);
        out.push('\n');
    }
}

#[cfg(test)]
mod tests;
