//! The step `kill`: the program of an endpoint dies, and its kernel closes the sockets.

use std::fmt;

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::EndpointName;
use crate::read::single;
use crate::value::{Name, Reference};

/// Kills the program of an endpoint: the kernel closes its sockets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kill {
    /// The endpoint.
    pub endpoint: EndpointName,
}

impl fmt::Display for Kill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "kill {}", self.endpoint)
    }
}

single! {
    /// Kills the program of an endpoint. Its kernel closes the sockets, and tells the
    /// peers: by SHUTDOWN, or on Linux by ABORT if data was unread. Later packets are out
    /// of the blue, and are answered by ABORT (RFC 9260 section 8.4). `open` starts the
    /// program again. A host that sends nothing at all is a `power-cut`.
    struct KillForm(Reference) = "server";
}

impl StepForm for KillForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        None
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let endpoint = scope.endpoint(&self.0)?;
        scope.not_closed(&endpoint, self.0.span)?;
        scope.story.kill(&endpoint, &scope.own_name);
        Some(Action::Kill(Kill { endpoint }))
    }
}
