//! The step `shutdown`: shutdown(2) on one-to-one sockets.

use std::fmt;

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{EndpointName, Style};
use crate::read::{Short, record};
use crate::value::{ErrorName, Name, Reference};

/// shutdown(2) for sending, on one-to-one sockets (RFC 6458 section 4.1.7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shutdown {
    /// The endpoint whose associations end.
    pub endpoint: EndpointName,
    /// Only those with this endpoint; `None` is all.
    pub to: Option<EndpointName>,
}

impl fmt::Display for Shutdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "shutdown {}", self.endpoint)?;
        match &self.to {
            Some(to) => write!(f, " → {to}"),
            None => Ok(()),
        }
    }
}

record! {
    /// Calls shutdown(2) for sending on one-to-one sockets (RFC 6458 section 4.1.7): the
    /// association ends gracefully, by SHUTDOWN, and arriving messages are still read.
    struct ShutdownForm = "client" {
        required {
            /// The endpoint. Without other keys it stands alone: `shutdown: client`.
            endpoint: Reference,
        }
        optional {
            /// Only its associations with this endpoint; all if left out.
            to: Reference,
            /// The error that the call must return immediately, such as `EADDRNOTAVAIL`.
            /// The step has no effect then.
            error: ErrorName,
            /// A name for this step.
            r#as: Name,
        }
    }
}

impl Short for ShutdownForm {
    const KEY: &'static str = "endpoint";
}

impl StepForm for ShutdownForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn error(&self) -> Option<&Spanned<ErrorName>> {
        self.error.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let name = self.endpoint.spanned()?;
        let endpoint = scope.endpoint(name)?;
        self.check_style(&endpoint, scope)?;
        let (endpoint, to) = scope.ends(name, &self.to)?;
        Some(Action::Shutdown(Shutdown { endpoint, to }))
    }
}

impl ShutdownForm {
    fn check_style(&self, endpoint: &EndpointName, scope: &mut Scope<'_, '_>) -> Option<()> {
        if scope.facts(endpoint)?.style == Style::OneToOne {
            return Some(());
        }
        scope
            .problems
            .add(
                self.endpoint.spanned()?.span,
                format!("`{endpoint}` is one-to-many"),
                "no shutdown(2) here",
            )
            .help(format!(
                "write `close: {endpoint}`, or make it `style: one-to-one`"
            ));
        None
    }
}
