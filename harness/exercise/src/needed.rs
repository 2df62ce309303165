//! The part of a sheet that exercises are cut from.

use scenario::Exercise;

use crate::cut::cut;
use crate::sheet::{Line, Sheet};

impl Sheet {
    /// The sheet without the lines at the end of its ladders that no exercise is cut from.
    /// The exercises are the same as those of the whole sheet.
    #[must_use]
    pub fn needed_by(mut self, exercises: &[Exercise]) -> Self {
        let cut_from = |sheet: &Self| -> Vec<_> {
            let cuts = exercises.iter().map(|it| cut(it, sheet, 0));
            cuts.collect()
        };
        let whole = cut_from(&self);
        // If some lines are enough for a question, more lines do not change the question.
        let shortest = |ladder: &[Line], with: &dyn Fn(Vec<Line>) -> Self| -> Vec<Line> {
            let lengths: Vec<usize> = (0..ladder.len()).collect();
            let first = |length: usize| ladder[..length].to_vec();
            let needed = lengths.partition_point(|length| cut_from(&with(first(*length))) != whole);
            first(needed)
        };
        self.plain = shortest(&self.plain, &|plain| Self {
            plain,
            ..self.clone()
        });
        let numbers: Vec<usize> = self.sabotaged.keys().copied().collect();
        for number in numbers {
            let ladder = shortest(&self.sabotaged[&number], &|ladder| {
                let mut sheet = self.clone();
                sheet.sabotaged.insert(number, ladder);
                sheet
            });
            self.sabotaged.insert(number, ladder);
        }
        self
    }
}
