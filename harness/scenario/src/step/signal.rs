//! The step `signal`: the program of an endpoint gets a signal.

use std::fmt;

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{EndpointName, Signal};
use crate::read::{ChoiceOf, record};
use crate::value::{Name, Reference};

/// Sends a signal to the program of an endpoint, and to its children.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendSignal {
    /// The endpoint.
    pub endpoint: EndpointName,
    /// The signal.
    pub signal: Signal,
}

impl fmt::Display for SendSignal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "signal {} {}", self.endpoint, self.signal)
    }
}

record! {
    /// Sends a signal to the program of an endpoint and to the children in its process
    /// group, without waiting for its end: an `expect` with `exited` or `signalled`
    /// waits.
    struct SignalForm = "{endpoint: server, signal: TERM}" {
        required {
            /// The endpoint.
            endpoint: Reference,
            /// The signal (signal(7)), without `SIG`. `KILL` ends the program at once;
            /// `STOP` suspends it until `CONT`, while its kernel continues.
            signal: ChoiceOf<Signal>,
        }
        optional {
            /// A name for this step.
            r#as: Name,
        }
    }
}

impl StepForm for SignalForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let name = self.endpoint.spanned()?;
        let endpoint = scope.program(name)?;
        scope.has_started(&endpoint, name.span)?;
        let signal = self.signal.get()?.0;
        Some(Action::SendSignal(SendSignal { endpoint, signal }))
    }
}
