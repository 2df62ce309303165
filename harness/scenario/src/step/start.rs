//! The step `start`: the program of an endpoint starts.

use std::fmt;

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::EndpointName;
use crate::read::single;
use crate::value::{Name, Reference};

/// Starts the program of an endpoint, and waits until the program is ready.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// The endpoint.
    pub endpoint: EndpointName,
}

impl fmt::Display for Start {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "start {}", self.endpoint)
    }
}

single! {
    /// Starts the program of an endpoint in its node, and waits until the program is
    /// `ready`. Once it has ended, or was killed by `signal`, it can be started again.
    struct StartForm(Reference) = "server";
}

impl StepForm for StartForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        None
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let endpoint = scope.program(&self.0)?;
        scope.story.started.insert(endpoint.clone());
        Some(Action::Start(Start { endpoint }))
    }
}
