//! Prints a verdict.

use oracle::{Judgement, Result, Verdict};
use recording::Recording;
use textwrap::{Options, WordSeparator, WordSplitter};

use crate::hosts::Hosts;
use crate::ladder::{LadderOptions, draw, lines_of};
use crate::line::{Line, What};
use crate::paint::{Paint, paint};
use crate::text::{columns, escape};

/// Prints each expectation and assertion with what was wanted and what was seen. A
/// failure is followed by its likeliest cause, the rules of its bound, and the packets
/// around it. The last line is the summary.
#[must_use]
pub fn verdict(verdict: &Verdict, recording: &Recording, options: &LadderOptions) -> String {
    printed(verdict, recording, options, options.full)
}

/// The same, with the rules of bounds that held, too.
pub(crate) fn with_rules(
    verdict: &Verdict,
    recording: &Recording,
    options: &LadderOptions,
) -> String {
    printed(verdict, recording, options, true)
}

fn printed(
    verdict: &Verdict,
    recording: &Recording,
    options: &LadderOptions,
    rules: bool,
) -> String {
    if let Some(skip) = &verdict.skipped {
        let mut out = String::new();
        let text = format!("skipped: {}", escape(&skip.to_string()));
        paint(&mut out, &text, Paint::Faint, options.color);
        out.push('\n');
        return out;
    }
    let names = verdict
        .judgements
        .iter()
        .map(|it| columns(&escape(&it.name)));
    let print = Print {
        recording,
        options,
        rules,
        indent: MARK + names.max().unwrap_or(0) + GAP,
    };
    let mut out = String::new();
    for judgement in &verdict.judgements {
        print.judgement(judgement, &mut out);
    }
    let (text, look) = summary(verdict);
    paint(&mut out, &text, look, options.color);
    out.push('\n');
    out
}

/// The verdict in one line, without colour: why nothing was run, or how many judgements
/// passed and which failed.
#[must_use]
pub fn verdict_line(verdict: &Verdict) -> String {
    if let Some(skip) = &verdict.skipped {
        return format!("skipped: {skip}");
    }
    let (mut text, _) = summary(verdict);
    let names: Vec<_> = verdict.failures().map(|it| it.name.as_str()).collect();
    if !names.is_empty() {
        text.push_str(&format!(" ({})", names.join(", ")));
    }
    text
}

/// The rules of a bound in one line; empty if there are none.
pub(crate) fn rules(judgement: &Judgement) -> String {
    let rules: Vec<String> = judgement.rules.iter().map(ToString::to_string).collect();
    rules.join(", ")
}

/// Columns of a mark and the blank after it.
const MARK: usize = 2;

/// Columns between a name and the text after it.
const GAP: usize = 2;

struct Print<'a> {
    recording: &'a Recording,
    options: &'a LadderOptions,
    /// Whether the rules of bounds that held are printed, too.
    rules: bool,
    /// The column at which the text right of the names begins.
    indent: usize,
}

impl Print<'_> {
    fn judgement(&self, judgement: &Judgement, out: &mut String) {
        let (mark, look) = match judgement.result {
            Result::Passed => ("✓", Paint::Good),
            Result::Failed => ("✗", Paint::Fault),
            Result::NotReached | Result::NotShown => ("–", Paint::Faint),
        };
        let color = self.options.color;
        paint(out, mark, look, color);
        out.push(' ');
        let name = escape(&judgement.name);
        paint(out, &name, Paint::Strong, color);
        let used = MARK + columns(&name);
        out.extend(std::iter::repeat_n(' ', self.indent.saturating_sub(used)));
        self.wrapped("", &judgement.wanted, Paint::Plain, true, out);
        self.wrapped("", &judgement.seen, look, false, out);
        if let Some(cause) = &judgement.cause {
            self.wrapped("likely cause: ", cause, Paint::Strong, false, out);
        }
        let has_rules = !judgement.rules.is_empty();
        if has_rules && (self.rules || judgement.result == Result::Failed) {
            self.wrapped("rules: ", &rules(judgement), Paint::Faint, false, out);
        }
        if judgement.result == Result::Failed {
            if judgement.line > 0 {
                let line = format!("line {} of the scenario", judgement.line);
                self.wrapped("", &line, Paint::Faint, false, out);
            }
            out.push_str(&self.packets(&judgement.packets));
        }
    }

    /// Writes text right of the names, in as many lines as needed.
    fn wrapped(&self, lead: &str, text: &str, look: Paint, goes_on: bool, out: &mut String) {
        let indent = " ".repeat(self.indent);
        let room = self
            .options
            .width
            .saturating_sub(self.indent)
            .max(self.indent.max(20));
        let text = format!("{lead}{}", escape(text));
        let whole_words = Options::new(room).word_splitter(WordSplitter::NoHyphenation);
        let lines = textwrap::wrap(&text, whole_words.word_separator(WordSeparator::AsciiSpace));
        for (number, line) in lines.iter().enumerate() {
            if number > 0 || !goes_on {
                out.push_str(&indent);
            }
            paint(out, line, look, self.options.color);
            out.push('\n');
        }
    }

    /// The lines of the ladder that show these packets.
    fn packets(&self, numbers: &[usize]) -> String {
        if numbers.is_empty() {
            return String::new();
        }
        let hosts = Hosts::of(&self.recording.interfaces);
        let all = lines_of(self.recording, &hosts, true);
        let wanted = all.filter(|line| shows(line, numbers));
        draw(wanted, &hosts, self.options).collect()
    }
}

fn shows(line: &Line, numbers: &[usize]) -> bool {
    match &line.what {
        What::Packet(packet) => [packet.sent, packet.received]
            .iter()
            .flatten()
            .any(|number| numbers.contains(number)),
        _ => false,
    }
}

/// The last line: how many judgements passed.
fn summary(verdict: &Verdict) -> (String, Paint) {
    let count = |result| {
        let judgements = verdict.judgements.iter();
        judgements.filter(|it| it.result == result).count()
    };
    let (passed, failed) = (count(Result::Passed), count(Result::Failed));
    let all = verdict.judgements.len();
    let others = [
        (Result::NotReached, "not reached"),
        (Result::NotShown, "not to be told from a capture"),
    ];
    let others: String = others
        .iter()
        .map(|(result, words)| (count(*result), words))
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!(", {count} {words}"))
        .collect();
    if verdict.passed() {
        (format!("passed: {passed} of {all}{others}"), Paint::Good)
    } else {
        (format!("failed: {failed} of {all}{others}"), Paint::Fault)
    }
}

#[cfg(test)]
mod tests;
