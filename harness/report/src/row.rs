//! A row of terminal cells to draw on.

use unicode_width::UnicodeWidthChar;

use crate::paint::{Paint, paint};
use crate::text::{columns, cut, escape};

/// A row of cells.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// The characters of the row; `None` is the right half of a wide character.
    cells: Vec<(Option<char>, Paint)>,
}

impl Row {
    pub(crate) fn new(width: usize) -> Self {
        Self {
            cells: vec![(Some(' '), Paint::Plain); width],
        }
    }

    /// Writes escaped text from column `from` on, cut before column `end`. Returns the
    /// column at which it ends.
    pub(crate) fn text(&mut self, from: usize, end: usize, text: &str, paint: Paint) -> usize {
        let shown = cut(
            &escape(text),
            end.min(self.cells.len()).saturating_sub(from),
        );
        let mut at = from;
        for character in shown.chars() {
            self.set(at, Some(character), paint);
            if character.width() == Some(2) {
                self.set(at + 1, None, paint);
                at += 1;
            }
            at += 1;
        }
        at
    }

    /// Writes text that ends before column `end`, and begins at `from` or later. Returns
    /// the column at which it begins.
    pub(crate) fn text_before(
        &mut self,
        from: usize,
        end: usize,
        text: &str,
        paint: Paint,
    ) -> usize {
        let width = columns(&escape(text)).min(end.saturating_sub(from));
        let start = end.saturating_sub(width);
        self.text(start, end, text, paint);
        start
    }

    /// Fills columns with a character.
    pub(crate) fn fill(&mut self, from: usize, end: usize, character: char, paint: Paint) {
        for at in from..end {
            self.set(at, Some(character), paint);
        }
    }

    /// Writes one character.
    pub(crate) fn put(&mut self, at: usize, character: char, paint: Paint) {
        self.set(at, Some(character), paint);
    }

    fn set(&mut self, at: usize, character: Option<char>, paint: Paint) {
        if let Some(cell) = self.cells.get_mut(at) {
            *cell = (character, paint);
        }
    }

    /// The row as a line, without trailing blanks.
    pub(crate) fn render(&self, color: bool) -> String {
        let mut out = String::new();
        let last = self.cells.iter().rposition(|(it, _)| *it != Some(' '));
        let cells = &self.cells[..last.map_or(0, |last| last + 1)];
        for run in cells.chunk_by(|(_, one), (_, other)| one == other) {
            let text: String = run.iter().filter_map(|(character, _)| *character).collect();
            paint(&mut out, &text, run[0].1, color);
        }
        out.push('\n');
        out
    }
}
