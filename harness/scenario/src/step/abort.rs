//! The step `abort`: an endpoint aborts its associations.

use std::fmt;

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::EndpointName;
use crate::read::{Short, record};
use crate::value::{ErrorName, Name, Reference};

/// Aborts associations: ABORT (RFC 9260 section 9.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Abort {
    /// The endpoint whose associations end.
    pub endpoint: EndpointName,
    /// Only those with this endpoint; `None` is all.
    pub to: Option<EndpointName>,
}

impl fmt::Display for Abort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "abort {}", self.endpoint)?;
        match &self.to {
            Some(to) => write!(f, " → {to}"),
            None => Ok(()),
        }
    }
}

record! {
    /// Aborts an endpoint's associations, by ABORT (RFC 9260 section 9.1). A one-to-one
    /// socket is closed with its association.
    struct AbortForm = "client" {
        required {
            /// The endpoint. Without other keys it stands alone: `abort: client`.
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

impl Short for AbortForm {
    const KEY: &'static str = "endpoint";
}

impl StepForm for AbortForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn error(&self) -> Option<&Spanned<ErrorName>> {
        self.error.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let (endpoint, to) = scope.ends(self.endpoint.spanned()?, &self.to)?;
        scope.closes_one_to_one(&endpoint);
        Some(Action::Abort(Abort { endpoint, to }))
    }
}
