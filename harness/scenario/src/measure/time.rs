//! The measure `time`: the time between two steps.

use super::{MeasureForm, Measured};
use crate::assertion::assertion;
use crate::check::Scope;
use crate::model::StepName;
use crate::value::Reference;

/// The time from the start of one step to the end of another. An `expect` step ends when
/// its event is seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeBetween {
    /// The step at whose start the time begins.
    pub from: StepName,
    /// The step at whose end the time ends.
    pub to: StepName,
}

assertion! {
    /// The time from the start of one step to the end of another, in seconds. An `expect`
    /// step ends when its event is seen.
    struct TimeForm = "{from: cut, to: noticed}" {
        required {
            /// The step at whose start the time begins, for instance a fault.
            from: Reference,
            /// The step at whose end the time ends, for instance the `expect` that
            /// notices the fault.
            to: Reference,
        }
    }
    shares {}
}

impl MeasureForm for TimeForm {
    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Measured> {
        let mut step = |name| scope.earlier_step("a step", None, name);
        let from = self.from.spanned().and_then(&mut step);
        let to = self.to.spanned().and_then(&mut step);
        Some(Measured::Time(TimeBetween {
            from: from?,
            to: to?,
        }))
    }
}
