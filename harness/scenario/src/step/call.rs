//! The step `call`: an endpoint calls a function of the sockets API.

use std::borrow::Cow;
use std::fmt;

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{EndpointName, Style};
use crate::read::{Choice, ChoiceOf, record};
use crate::value::{ErrorName, Name, Reference};

/// Calls a function of the sockets API, to see its result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The endpoint that calls.
    pub at: EndpointName,
    /// The endpoint at the other end of the association that the call is about; `None`
    /// for the socket.
    pub to: Option<EndpointName>,
    /// The function.
    pub function: Function,
    /// Name of the error that the call must return.
    pub error: Option<String>,
}

/// A function of the sockets API that changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// accept(2).
    Accept,
    /// The peer's addresses (RFC 6458 section 9.3).
    GetPAddrs,
    /// The own addresses (RFC 6458 section 9.5).
    GetLAddrs,
    /// `SCTP_STATUS`, by `sctp_opt_info` (RFC 6458 sections 8 and 8.2.1).
    OptInfo,
}

impl Function {
    /// All functions.
    pub const ALL: [Function; 4] = [
        Function::Accept,
        Function::GetPAddrs,
        Function::GetLAddrs,
        Function::OptInfo,
    ];

    /// Name of the function in C.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Function::Accept => "accept",
            Function::GetPAddrs => "sctp_getpaddrs",
            Function::GetLAddrs => "sctp_getladdrs",
            Function::OptInfo => "sctp_opt_info",
        }
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.function.name(), self.at)?;
        if let Some(to) = &self.to {
            write!(f, " of the association with {to}")?;
        }
        match &self.error {
            Some(error) => write!(f, ", refused with {error}"),
            None => Ok(()),
        }
    }
}

record! {
    /// Calls a function of the sockets API. The assertion `calls` judges its result.
    struct CallForm = "{at: client, to: server, function: sctp_getpaddrs}" {
        required {
            /// The endpoint that calls.
            at: Reference,
            /// The function. `sctp_opt_info` asks for `SCTP_STATUS`.
            function: ChoiceOf<Function>,
        }
        optional {
            /// The endpoint at the other end of the association that the call is about;
            /// the socket itself if left out.
            to: Reference,
            /// The error that the call must return, such as `EOPNOTSUPP`.
            error: ErrorName,
            /// A name for this step.
            r#as: Name,
        }
    }
}

impl Choice for Function {
    const WHAT: &'static str = "a function";

    fn choices() -> Vec<(Cow<'static, str>, Self)> {
        Self::ALL
            .into_iter()
            .map(|function| (function.name().into(), function))
            .collect()
    }
}

impl StepForm for CallForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let at = self.at.spanned()?;
        let at_name = scope.endpoint(at)?;
        scope.not_closed(&at_name, at.span)?;
        let to = scope.optional(&self.to, |scope, to| {
            let peer = scope.party(to)?;
            let pair = (at_name.clone(), peer.clone());
            scope.associated(&pair, at.span, to.span)?;
            Some(peer)
        })?;
        let error = self.error.check(|error| Some(error.value.0.clone()))?;
        let function = self.function.get()?.0;
        self.check_function(&at_name, to.as_ref(), scope)?;
        Some(Action::Call(Call {
            at: at_name,
            to,
            function,
            error,
        }))
    }
}

impl CallForm {
    fn check_function(
        &self,
        at: &EndpointName,
        to: Option<&EndpointName>,
        scope: &mut Scope<'_, '_>,
    ) -> Option<()> {
        let function = self.function.spanned()?;
        let name = function.value.0.name();
        let accepts = scope.facts(at)?.style == Style::OneToOne;
        let (message, help) = match (function.value.0, to) {
            (Function::Accept, _) if accepts => (
                format!("`{at}` accepts by itself"),
                "leave this step out: a one-to-one endpoint that listens accepts all",
            ),
            (Function::GetPAddrs | Function::OptInfo, None) => (
                format!("`{name}` is about an association"),
                "say which by `to` with the name of the other endpoint",
            ),
            _ => return Some(()),
        };
        scope
            .problems
            .add(function.span, message, "this function")
            .help(help);
        None
    }
}
