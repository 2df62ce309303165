//! Exercises: questions to a learner about a run of the scenario.
//!
//! Each kind has a module with its form and checks, and a line in the table below. The
//! answers are not written down: they are taken from a run.

mod fill_in;
mod find_the_fault;
mod make_it_green;
mod order;
mod packet;
mod predict;

use crate::check::World;
use crate::diagnostic::{Problems, Span};
use crate::model::{Ask, Exercise, RfcSection};
use crate::read::{Kind, List, OneKey, OneOf};
use crate::sabotage::Sabotage;

/// The things that an exercise can refer to.
#[derive(Clone, Copy)]
pub(crate) struct Known<'w> {
    world: &'w World,
    sabotages: &'w [Sabotage],
    /// Number of sabotages in the file, including wrong ones.
    written: usize,
}

/// The form of an exercise.
pub(crate) trait ExerciseForm {
    /// The question. `None` if it has a mistake, which is noted.
    fn check(&self, own: Span, known: Known<'_>, problems: &mut Problems<'_>) -> Option<Ask>;

    /// The reason for the answer.
    fn because(&self) -> Option<&str>;

    /// The RFC section to read.
    fn rfc(&self) -> Option<&RfcSection>;
}

/// The keys that every kind has.
macro_rules! exercise {
    (
        $(#[$meta:meta])*
        struct $name:ident = $example:literal {
            required { $($required:tt)* }
            optional { $($optional:tt)* }
        }
    ) => {
        crate::read::record! {
            $(#[$meta])*
            struct $name = $example {
                required {
                    $($required)*
                    /// The reason for the answer, in plain words.
                    because: crate::value::Text,
                    /// The section that says so.
                    rfc: crate::value::RfcForm,
                }
                optional { $($optional)* }
            }
        }

        impl $name {
            fn why(&self) -> Option<&str> {
                self.because.get().map(|text| text.0.trim_end())
            }

            fn section(&self) -> Option<&crate::model::RfcSection> {
                self.rfc.get().map(|section| &section.0)
            }
        }
    };
}
use exercise;

/// The methods that all kinds share.
macro_rules! told {
    () => {
        fn because(&self) -> Option<&str> {
            self.why()
        }

        fn rfc(&self) -> Option<&crate::model::RfcSection> {
            self.section()
        }
    };
}
use told;

/// The table of all kinds of exercise.
pub(crate) struct ExerciseKinds;

impl OneOf for ExerciseKinds {
    const WHAT: &'static str = "exercise";
    const SAYS: Option<&'static str> = None;
    type Form = dyn ExerciseForm;

    fn kinds() -> &'static [Kind<dyn ExerciseForm>] {
        crate::read::kinds! {
            "predict" => predict::PredictForm,
            "fill-in" => fill_in::FillInForm,
            "order" => order::OrderForm,
            "find-the-fault" => find_the_fault::FindTheFaultForm,
            "make-it-green" => make_it_green::MakeItGreenForm,
        }
    }
}

/// Checks the exercises. `written` is how many sabotages the file has.
pub(crate) fn check_exercises(
    forms: &List<OneKey<ExerciseKinds>>,
    world: &World,
    (sabotages, written): (&[Sabotage], usize),
    problems: &mut Problems<'_>,
) -> Vec<Exercise> {
    let known = Known {
        world,
        sabotages,
        written,
    };
    let forms = forms.items.iter();
    forms
        .filter_map(|one| {
            let form = one.value.form.as_ref()?;
            let ask = form.check(one.value.kind.span, known, problems)?;
            Some(Exercise {
                line: problems.line(one.span),
                ask,
                because: form.because()?.to_owned(),
                rfc: form.rfc()?.clone(),
            })
        })
        .collect()
}
