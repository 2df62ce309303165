//! Mistakes in a file, as plain data.

/// A part of the source: bytes from `start` to before `end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// A value and its place.
#[derive(Clone, Debug)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Place of the value.
    pub span: Span,
}

/// One mistake in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Place of the mistake in the source.
    pub span: Span,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The mistake in words.
    pub message: String,
    /// Words at the place itself.
    pub label: String,
    /// What the writer should write instead.
    pub help: Option<String>,
}

/// Greatest number of mistakes that are kept. A file with more is not of the expected
/// kind.
const MOST: usize = 200;

/// The mistakes found so far.
#[derive(Debug)]
pub struct Problems<'s> {
    source: &'s str,
    line_starts: Vec<usize>,
    found: Vec<Diagnostic>,
}

impl<'s> Problems<'s> {
    /// No mistakes yet, in this source.
    pub fn new(source: &'s str) -> Self {
        let breaks = source.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            source,
            line_starts: std::iter::once(0).chain(breaks).collect(),
            found: Vec::new(),
        }
    }

    /// Notes a mistake. The returned value can add a help text.
    pub fn add(
        &mut self,
        span: Span,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> Noted<'_> {
        if self.is_full() {
            return Noted(None);
        }
        let end = span.end.min(self.source.len());
        let start = self.source.floor_char_boundary(span.start.min(end));
        let (line, column) = self.place(start);
        self.found.push(Diagnostic {
            span: Span { start, end },
            line,
            column,
            message: message.into(),
            label: label.into(),
            help: None,
        });
        Noted(self.found.last_mut())
    }

    /// Whether the limit is reached, beyond which further mistakes are not useful.
    pub fn is_full(&self) -> bool {
        self.found.len() >= MOST
    }

    /// The line of a place in the source, from 1.
    pub fn line(&self, span: Span) -> usize {
        self.place(span.start).0
    }

    fn place(&self, offset: usize) -> (usize, usize) {
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let before = self
            .line_starts
            .get(line.saturating_sub(1))
            .and_then(|start| self.source.get(*start..offset));
        (line, before.map_or(0, |text| text.chars().count()) + 1)
    }

    /// Whether no mistake was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// All mistakes, each once, in the order of the source.
    pub fn sorted(mut self) -> Vec<Diagnostic> {
        self.found.sort();
        self.found.dedup();
        self.found
    }
}

/// A mistake that was just noted.
pub struct Noted<'p>(Option<&'p mut Diagnostic>);

impl Noted<'_> {
    /// Adds what the writer should write instead.
    pub fn help(self, help: impl Into<String>) {
        self.maybe_help(Some(help.into()));
    }

    /// Adds what the writer should write instead, if known.
    pub fn maybe_help(self, help: Option<String>) {
        if let Some(diagnostic) = self.0 {
            diagnostic.help = help;
        }
    }
}
