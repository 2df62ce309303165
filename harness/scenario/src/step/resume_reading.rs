//! The step `resume-reading`: an endpoint reads again.

use std::fmt;

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::EndpointName;
use crate::read::single;
use crate::value::{Name, Reference};

/// Undoes a [`PauseReading`](super::PauseReading).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResumeReading {
    /// The endpoint.
    pub endpoint: EndpointName,
}

impl fmt::Display for ResumeReading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "resume-reading {}", self.endpoint)
    }
}

single! {
    /// Makes an endpoint read again after `pause-reading`.
    struct ResumeReadingForm(Reference) = "server";
}

impl StepForm for ResumeReadingForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        None
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let endpoint = scope.endpoint(&self.0)?;
        if scope.story.paused.remove(&endpoint).is_none() && !scope.story.unsure {
            scope
                .problems
                .add(
                    self.0.span,
                    format!("`{endpoint}` is reading already"),
                    "nothing to resume",
                )
                .help(format!("put `pause-reading: {endpoint}` before this step"));
            return None;
        }
        Some(Action::ResumeReading(ResumeReading { endpoint }))
    }
}
