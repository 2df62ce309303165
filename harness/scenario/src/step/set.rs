//! The step `set`: socket options of an association are set.

use std::fmt;

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::EndpointName;
use crate::option::{OptionsForm, SocketOption};
use crate::read::record;
use crate::value::{ErrorName, Name, Reference};

/// Sets socket options of an association.
#[derive(Clone, Debug, PartialEq)]
pub struct Set {
    /// The endpoint whose options they are.
    pub at: EndpointName,
    /// The endpoint at the other end of the association.
    pub to: EndpointName,
    /// The options, in the order in which they are set.
    pub options: Vec<SocketOption>,
    /// Name of the error that each call must return.
    pub error: Option<String>,
}

impl fmt::Display for Set {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let options: Vec<&str> = self.options.iter().map(SocketOption::word).collect();
        write!(f, "set {} {}", self.at, options.join(", "))?;
        match &self.error {
            Some(error) => write!(f, ", refused with {error}"),
            None => Ok(()),
        }
    }
}

record! {
    /// Sets socket options of an association.
    struct SetForm = "{at: client, to: server, options: {nodelay: true}}" {
        required {
            /// The endpoint whose options they are.
            at: Reference,
            /// The endpoint at the other end of the association.
            to: Reference,
            /// The options, which are set in the order of the reference. An option that
            /// does not belong to an association is set for the socket.
            options: OptionsForm,
        }
        optional {
            /// The error with which the kernel must refuse each option, such as `EACCES`.
            error: ErrorName,
            /// A name for this step.
            r#as: Name,
        }
    }
}

impl StepForm for SetForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let options = self.options.get().and_then(OptionsForm::check);
        let error = self.error.check(|error| Some(error.value.0.clone()));
        let (at, to) = scope.association(&self.at, &self.to)?;
        let options = options?;
        let adds = |option: &SocketOption| matches!(option, SocketOption::AddStreams(_));
        scope.story.retimed |= options
            .iter()
            .any(|option| matches!(option, SocketOption::RtoInfo(_)));
        if options.iter().any(adds) {
            let story = &mut scope.story;
            story.streams_added.insert((at.clone(), to.clone()));
            story.streams_added.insert((to.clone(), at.clone()));
        }
        Some(Action::Set(Set {
            at,
            to,
            options,
            error: error?,
        }))
    }
}
