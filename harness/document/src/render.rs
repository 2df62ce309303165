use std::fmt;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents,
};

use crate::diagnostic::Diagnostic;

/// The mistakes of a file as text for a terminal: each with its line, a
/// pointer and what to write instead. `file` is how the reader calls the file,
/// `source` what is in it.
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
    for diagnostic in diagnostics {
        let report = Report {
            diagnostic,
            named: Named {
                file,
                source,
                place: (diagnostic.line.max(1), diagnostic.column.max(1)),
            },
        };
        // Writing to a string cannot fail; a report that miette cannot draw
        // still has its words.
        if handler.render_report(&mut text, &report).is_err() {
            text.push_str(&format!("{file}:{}: {report}\n", diagnostic.line));
        }
    }
    text
}

/// A diagnostic with its source, as miette wants it.
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

/// The span up to the end of its first line: a pointer under a whole map
/// hides more than it shows.
fn first_line(diagnostic: &Diagnostic, source: &str) -> SourceSpan {
    let span = diagnostic.span;
    let text = source.get(span.start..span.end).unwrap_or_default();
    let line = text.lines().next().unwrap_or_default().trim_end();
    (span.start, line.len()).into()
}

/// The lines that a span is on: without them a reader would see only the word
/// that is wrong.
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
    /// Without context this is the place of a mistake, which stands above its
    /// picture; with context it is the picture, which is of whole lines.
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
