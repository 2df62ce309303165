//! Draws the mistakes of a file for a terminal: each with its line, a pointer and what to
//! write instead.

use std::fmt;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents,
};

use crate::diagnostic::{Diagnostic, Span};

/// The mistakes of a file as text for a terminal: each with its line, a pointer and what
/// to write instead. `file` is the reader's name for the file, `source` its text.
/// Characters that are unsafe in a terminal are escaped.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], file: &str, source: &str, color: bool) -> String {
    let theme = if color {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::unicode_nocolor()
    };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(100)
        .with_context_lines(1);
    let mut text = String::new();
    let shown = terminal::escape_lines(source);
    for diagnostic in diagnostics {
        let diagnostic = &harmless(diagnostic, source);
        let report = Report {
            diagnostic,
            named: Named {
                file: &terminal::escape(file),
                source: &shown,
                place: (diagnostic.line.max(1), diagnostic.column.max(1)),
            },
        };
        // Writing to a string cannot fail. If miette cannot draw a report, its words
        // remain.
        if handler.render_report(&mut text, &report).is_err() {
            text.push_str(&format!("{file}:{}: {report}\n", diagnostic.line));
        }
    }
    text
}

/// The mistake with escaped words, and with its place in the escaped source.
fn harmless(diagnostic: &Diagnostic, source: &str) -> Diagnostic {
    let shown_at = |offset: usize| terminal::escape_lines(&source[..offset]).len();
    // A byte inside a character stands for the whole character.
    let span = diagnostic.span;
    let start = source.floor_char_boundary(span.start.min(source.len()));
    let end = source.ceil_char_boundary(span.end.min(source.len()));
    Diagnostic {
        span: Span {
            start: shown_at(start),
            end: shown_at(end.max(start)),
        },
        message: terminal::escape_lines(&diagnostic.message),
        label: terminal::escape_lines(&diagnostic.label),
        help: diagnostic.help.as_deref().map(terminal::escape_lines),
        ..*diagnostic
    }
}

/// A diagnostic with its source, in miette's form.
#[derive(Debug)]
struct Report<'d> {
    diagnostic: &'d Diagnostic,
    named: Named<'d>,
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.diagnostic.message)
    }
}

impl std::error::Error for Report<'_> {}

impl miette::Diagnostic for Report<'_> {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let help = self.diagnostic.help.as_ref()?;
        Some(Box::new(help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.named)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let label = LabeledSpan::new_with_span(
            Some(self.diagnostic.label.clone()),
            first_line(self.diagnostic, self.named.source),
        );
        Some(Box::new(std::iter::once(label)))
    }
}

/// The span up to the end of its first line: a pointer under a whole map hides more than
/// it shows.
fn first_line(diagnostic: &Diagnostic, source: &str) -> SourceSpan {
    let span = diagnostic.span;
    let text = source.get(span.start..span.end).unwrap_or_default();
    let line = text.lines().next().unwrap_or_default().trim_end();
    (span.start, line.len()).into()
}

/// The whole lines of a span, for context around the marked word.
fn whole_lines(span: SourceSpan, source: &str) -> SourceSpan {
    let end = (span.offset() + span.len()).min(source.len());
    let start = span.offset().min(end);
    let (before, behind) = (source.get(..start), source.get(end..));
    let start = before
        .and_then(|text| text.rfind('\n'))
        .map_or(0, |at| at + 1);
    let end = end + behind.map_or(0, |text| text.find('\n').unwrap_or(text.len()));
    (start, end - start).into()
}

/// A source with its file's name, and the line and column of a mistake in it.
#[derive(Debug)]
struct Named<'d> {
    file: &'d str,
    source: &'d str,
    place: (usize, usize),
}

impl SourceCode for Named<'_> {
    /// Without context, miette asks for the place of a mistake above the picture; with
    /// context, for the picture, which has whole lines.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let is_place = before == 0 && after == 0;
        let shown = if is_place {
            *span
        } else {
            whole_lines(*span, self.source)
        };
        let contents = self.source.read_span(&shown, 0, 0)?;
        let (line, column) = if is_place {
            (self.place.0 - 1, self.place.1 - 1)
        } else {
            (contents.line(), contents.column())
        };
        Ok(Box::new(MietteSpanContents::new_named(
            self.file.to_owned(),
            contents.data(),
            *contents.span(),
            line,
            column,
            contents.line_count(),
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(source: &str, word: &str) -> String {
        let start = source.find(word).expect("it is there");
        let diagnostic = Diagnostic {
            span: Span {
                start,
                end: start + word.len(),
            },
            line: 2,
            column: 1,
            message: format!("no `{word}`"),
            label: format!("{word} is wrong"),
            help: Some(format!("write something else than {word}")),
        };
        render(&[diagnostic], "a\x1b[2Jfile", source, false)
    }

    #[test]
    fn nothing_in_a_source_reaches_the_terminal_as_it_is() {
        let hostile = "a\x1b[31mred\u{202e}\u{9b}1m";
        let text = rendered(
            &format!("one: \x1b]0;x\x07\ntwo: {hostile} # Zürich\n"),
            hostile,
        );
        let raw = |c: char| c != '\n' && (c.is_control() || c == '\u{202e}');
        assert!(!text.contains(raw), "{text:?}");
        assert!(
            text.contains("two: a\\u{1b}[31mred\\u{202e}\\u{9b}1m # Zürich"),
            "{text}"
        );
        assert!(text.contains("a\\u{1b}[2Jfile:2:1"), "{text}");
    }

    #[test]
    fn the_pointer_is_under_the_word_that_is_wrong_behind_an_escape() {
        let text = rendered("\x1b\x1b\x1b\n\x1b: wrong\n", "wrong");
        let lines: Vec<&str> = text.lines().collect();
        let at = lines
            .iter()
            .position(|line| line.contains(": wrong"))
            .expect("it is shown");
        let column =
            |line: &str, what: &str| line.find(what).map(|byte| line[..byte].chars().count());
        assert_eq!(
            column(lines[at], "wrong"),
            column(lines[at + 1], "──┬──"),
            "{text}"
        );
    }
}
