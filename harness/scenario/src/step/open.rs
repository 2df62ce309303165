//! The step `open`: an endpoint that was killed or closed gets new sockets.

use std::fmt;

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::EndpointName;
use crate::read::single;
use crate::value::{Name, Reference};

/// Opens an endpoint again that was killed or closed: new sockets with the same ports,
/// addresses and options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// The endpoint.
    pub endpoint: EndpointName,
}

impl fmt::Display for Open {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "open {}", self.endpoint)
    }
}

single! {
    /// Opens an endpoint again that was killed or closed: new sockets with the same port,
    /// addresses and options, and without associations. It also switches on a node
    /// without power.
    struct OpenForm(Reference) = "server";
}

impl StepForm for OpenForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        None
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let endpoint = scope.endpoint(&self.0)?;
        if scope.story.closed.remove(&endpoint).is_none() && !scope.story.unsure {
            scope
                .problems
                .add(self.0.span, format!("`{endpoint}` is open"), "still there")
                .help(format!(
                    "put `kill: {endpoint}` or `close: {{endpoint: {endpoint}, socket: true}}` \
                     before this step"
                ));
            return None;
        }
        Some(Action::Open(Open { endpoint }))
    }
}
