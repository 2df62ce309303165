//! The step `get`: socket options of an association are read and compared.

use std::fmt;

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::EndpointName;
use crate::option::{OptionsForm, SocketOption};
use crate::read::record;
use crate::value::{ErrorName, Name, Reference};

/// Reads socket options of an association.
#[derive(Clone, Debug, PartialEq)]
pub struct Get {
    /// The endpoint whose options they are.
    pub at: EndpointName,
    /// The endpoint at the other end of the association.
    pub to: EndpointName,
    /// The options, with their expected values.
    pub options: Vec<SocketOption>,
    /// Name of the error that each read must return.
    pub error: Option<String>,
}

impl fmt::Display for Get {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let options: Vec<&str> = self.options.iter().map(SocketOption::word).collect();
        write!(f, "get {} {}", self.at, options.join(", "))?;
        match &self.error {
            Some(error) => write!(f, ", refused with {error}"),
            None => Ok(()),
        }
    }
}

record! {
    /// Reads socket options of an association, and compares their values with the given
    /// ones.
    struct GetForm = "{at: client, to: server, options: {maxseg: 1452}}" {
        required {
            /// The endpoint whose options they are.
            at: Reference,
            /// The endpoint at the other end of the association.
            to: Reference,
            /// The options with their expected values. An option that does not belong to
            /// an association is read from the socket.
            options: OptionsForm,
        }
        optional {
            /// The error with which the kernel must refuse each option, such as `EACCES`.
            /// The values do not matter then.
            error: ErrorName,
            /// A name for this step.
            r#as: Name,
        }
    }
}

impl StepForm for GetForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let options = self.options.get().and_then(OptionsForm::check);
        let error = self.error.check(|error| Some(error.value.0.clone()));
        let (at, to) = scope.association(&self.at, &self.to)?;
        let options = options?;
        if let Some(request) = options.iter().find(|option| !option.has_a_value()) {
            scope
                .problems
                .add(
                    self.options.spanned()?.span,
                    format!("`{}` can only be set", request.word()),
                    "nothing to read",
                )
                .help("read what it changes: by `get` another option, or by an assertion");
            return None;
        }
        Some(Action::Get(Get {
            at,
            to,
            options,
            error: error?,
        }))
    }
}

impl SocketOption {
    /// Whether the option has a value that can be read: it is no request and no secret.
    fn has_a_value(&self) -> bool {
        !matches!(
            self,
            SocketOption::AuthChunks(_)
                | SocketOption::AuthKeys(_)
                | SocketOption::AuthDeactivateKey(_)
                | SocketOption::AuthDeleteKey(_)
                | SocketOption::ResetStreams(_)
                | SocketOption::AddStreams(_)
                | SocketOption::ResetAssoc(_)
        )
    }
}
