//! The step `peeloff`: an association moves to a socket of its own.

use std::fmt;

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{EndpointName, Style};
use crate::read::record;
use crate::value::{ErrorName, Name, Reference};

/// Moves an association of a one-to-many socket to a new socket (`sctp_peeloff`, RFC 6458
/// section 9.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeelOff {
    /// The endpoint of the one-to-many socket.
    pub at: EndpointName,
    /// The endpoint at the association's other end.
    pub from: EndpointName,
}

impl fmt::Display for PeelOff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "peeloff {} from {}", self.from, self.at)
    }
}

record! {
    /// Moves an association of a one-to-many socket to a new one-to-one socket
    /// (`sctp_peeloff`, RFC 6458 section 9.2). No packet is sent.
    struct PeelOffForm = "{at: server, from: client}" {
        required {
            /// The endpoint of the one-to-many socket.
            at: Reference,
            /// The endpoint at the association's other end.
            from: Reference,
        }
        optional {
            /// The error that the call must return immediately, such as `EADDRNOTAVAIL`.
            /// The step has no effect then.
            error: ErrorName,
            /// A name for this step.
            r#as: Name,
        }
    }
}

impl StepForm for PeelOffForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn error(&self) -> Option<&Spanned<ErrorName>> {
        self.error.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let (at, from) = scope.association(&self.at, &self.from)?;
        if scope.facts(&at)?.style == Style::OneToOne {
            scope
                .problems
                .add(
                    self.at.spanned()?.span,
                    format!("`{at}` is one-to-one"),
                    "nothing to peel off",
                )
                .help(format!("leave `style` out at the endpoint `{at}`"));
            return None;
        }
        scope.story.peeled.insert(at.clone());
        Some(Action::PeelOff(PeelOff { at, from }))
    }
}
