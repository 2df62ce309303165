//! The exercise `make-it-green`: the learner mends a sabotaged scenario.

use super::find_the_fault::check_sabotage_number;
use super::{ExerciseForm, Known, exercise, told};
use crate::diagnostic::{Problems, Span};
use crate::model::Ask;
use crate::value::Number;

exercise! {
    /// The learner gets the scenario changed by a sabotage, with a failed verdict, and
    /// has to make it pass. The assertions must hold, and a sabotage must still fail.
    struct MakeItGreenForm = "{sabotage: 1, because: Only who closes sends SHUTDOWN., rfc: 9260#9.2}" {
        required {
            /// The number of the sabotage in this file, counted from 1.
            sabotage: Number,
        }
        optional {}
    }
}

impl ExerciseForm for MakeItGreenForm {
    told!();

    fn check(&self, _: Span, known: Known<'_>, problems: &mut Problems<'_>) -> Option<Ask> {
        let sabotage = check_sabotage_number(&self.sabotage, known, problems)?;
        Some(Ask::MakeItGreen { sabotage })
    }
}
