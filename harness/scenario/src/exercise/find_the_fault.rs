//! The exercise `find-the-fault`: one of two ladders is of a sabotaged run.

use std::borrow::Cow;
use std::num::NonZeroUsize;

use super::{ExerciseForm, Known, exercise, told};
use crate::diagnostic::{Problems, Span};
use crate::model::{Ask, Fault};
use crate::read::{Choice, ChoiceOf, Required};
use crate::value::Number;

exercise! {
    /// Two ladders, one of them of a sabotaged run: the learner says which one, or where
    /// it first goes wrong.
    struct FindTheFaultForm = "{sabotage: 1, because: The data waits for the COOKIE ACK., rfc: 9260#5.1}" {
        required {
            /// The number of the sabotage in this file, counted from 1.
            sabotage: Number,
        }
        optional {
            /// The question; which ladder it is, if left out.
            ask: ChoiceOf<Fault>,
        }
    }
}

impl Choice for Fault {
    const WHAT: &'static str = "what can be asked of a fault";

    fn choices() -> Vec<(Cow<'static, str>, Self)> {
        vec![("which".into(), Self::Which), ("line".into(), Self::Line)]
    }
}

/// The sabotage with this number.
pub(super) fn check_sabotage_number(
    number: &Required<Number>,
    known: Known<'_>,
    problems: &mut Problems<'_>,
) -> Option<NonZeroUsize> {
    let number = number.spanned()?;
    let found = usize::try_from(number.value.0)
        .ok()
        .and_then(NonZeroUsize::new);
    let found = found.filter(|it| it.get() <= known.written);
    if found.is_none() {
        let help = match known.written {
            0 => "add a sabotage".to_owned(),
            last => format!("they are counted from 1 to {last}"),
        };
        let message = format!("there is no sabotage {}", number.value.0);
        problems.add(number.span, message, "no sabotage").help(help);
    }
    // A wrong sabotage has been noted already.
    found.filter(|_| known.sabotages.len() == known.written)
}

impl ExerciseForm for FindTheFaultForm {
    told!();

    fn check(&self, _: Span, known: Known<'_>, problems: &mut Problems<'_>) -> Option<Ask> {
        let sabotage = check_sabotage_number(&self.sabotage, known, problems);
        let ask = self.ask.check(|ask| Some(ask.value.0))?;
        Some(Ask::FindTheFault {
            sabotage: sabotage?,
            what: ask.unwrap_or(Fault::Which),
        })
    }
}
