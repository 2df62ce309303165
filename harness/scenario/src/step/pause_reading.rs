//! The step `pause-reading`: an endpoint stops reading, and its receive buffer fills.

use std::fmt;

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::EndpointName;
use crate::read::single;
use crate::value::{Name, Reference};

/// Makes an endpoint stop reading, so that its receive buffer fills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PauseReading {
    /// The endpoint.
    pub endpoint: EndpointName,
}

impl fmt::Display for PauseReading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "pause-reading {}", self.endpoint)
    }
}

single! {
    /// Makes an endpoint stop reading: its receive buffer fills, and the window in its
    /// SACKs shrinks. Notifications wait, too.
    struct PauseReadingForm(Reference) = "server";
}

impl StepForm for PauseReadingForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        None
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let endpoint = scope.endpoint(&self.0)?;
        scope.not_closed(&endpoint, self.0.span)?;
        let by = scope.own_name.clone();
        scope.story.paused.insert(endpoint.clone(), by);
        Some(Action::PauseReading(PauseReading { endpoint }))
    }
}
