//! Measures: numbers of a run that are neither right nor wrong.
//!
//! Each kind has a module with its checked value, its form and its checks; and a line in
//! the table below.

mod bytes;
mod gap;
mod latency;
mod retransmissions;
mod throughput;
mod time;

use crate::assertion::{Named, check_all};
use crate::check::{Names, Scope, Story, World};
use crate::diagnostic::Problems;
use crate::model::StepName;
use crate::read::{Kind, List, OneKey, OneOf};

pub use bytes::BytesOnWire;
pub use gap::Gap;
pub use latency::Latency;
pub use retransmissions::Retransmissions;
pub use throughput::Throughput;
pub use time::TimeBetween;

/// A number of a run, or several, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Name given by `as:`; else the kind, with a number if the kind occurs more than
    /// once.
    pub name: StepName,
    /// What is measured.
    pub what: Measured,
}

/// The form of a measure.
pub(crate) trait MeasureForm: Named {
    /// Checks the measure; the scope has the story of the whole scenario. `None` if it
    /// has a mistake, which is noted.
    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Measured>;
}

/// One row for each kind: its key in a scenario, its form, its checked value.
macro_rules! kinds_of_measure {
    ($($word:literal => $form:ty => $kind:ident($held:ident),)+) => {
        /// What is measured.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "each variant is documented at its type")]
        pub enum Measured {
            $($kind($held),)+
        }

        /// The table of all kinds of measure.
        pub(crate) struct MeasureKinds;

        impl OneOf for MeasureKinds {
            const WHAT: &'static str = "measure";
            const SAYS: Option<&'static str> = None;
            type Form = dyn MeasureForm;

            fn kinds() -> &'static [Kind<dyn MeasureForm>] {
                crate::read::kinds! { $($word => $form,)+ }
            }
        }
    };
}

kinds_of_measure! {
    "time" => time::TimeForm => Time(TimeBetween),
    "gap" => gap::GapForm => Gap(Gap),
    "latency" => latency::LatencyForm => Latency(Latency),
    "throughput" => throughput::ThroughputForm => Throughput(Throughput),
    "retransmissions" => retransmissions::RetransmissionsForm => Retransmissions(Retransmissions),
    "bytes" => bytes::BytesForm => Bytes(BytesOnWire),
}

/// Checks the measures.
pub(crate) fn check_measures(
    forms: &List<OneKey<MeasureKinds>>,
    own_names: &[StepName],
    known: (&World, &Names, Story),
    problems: &mut Problems<'_>,
) -> Vec<Measure> {
    check_all(forms, own_names, known, problems, |form, scope| {
        Some(Measure {
            what: form.check(scope)?,
            name: scope.own_name.clone(),
        })
    })
}
