//! The assertion `calls`: the number of calls of the sockets API, with their results.

use std::fmt;

use super::form::assertion;
use super::{AssertionForm, Check, Count, Window};
use crate::check::Scope;
use crate::model::EndpointName;
use crate::value::{Reference, Text};

/// Number of calls that an endpoint made, with their results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallCount {
    /// The endpoint.
    pub at: EndpointName,
    /// The function (`sctp_connectx`).
    pub call: String,
    /// Name of the error that the call returned (`ECONNREFUSED`); `None` is any error, or
    /// none.
    pub error: Option<String>,
    /// Value that the call returned; `None` is any.
    pub result: Option<String>,
    /// Part of the run.
    pub window: Window,
    /// Wanted number.
    pub count: Count,
}

impl fmt::Display for CallCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} × {} at {}", self.count, self.call, self.at)?;
        if let Some(error) = &self.error {
            write!(f, " that gives {error}")?;
        }
        if let Some(result) = &self.result {
            write!(f, " that returns {result}")?;
        }
        self.window.fmt(f)
    }
}

assertion! {
    /// An endpoint called the sockets API this many times.
    struct CallsForm = "{at: client, call: sctp_sendv, error: ENOTCONN, exactly: 1}" {
        required {
            /// The endpoint that called.
            at: Reference,
            /// The function, as the ladder shows it.
            call: Text,
        }
        optional {
            /// Only calls that returned this error, by its name; all if left out.
            error: Text,
            /// Only calls that returned this value; all if left out.
            result: Text,
        }
    }
    shares {window, count}
}

impl AssertionForm for CallsForm {
    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Check> {
        let at = self.at.spanned().and_then(|at| scope.endpoint(at));
        let window = self.window(scope);
        let count = self.count(scope);
        let error = self.error.check(|error| Some(error.value.0.clone()));
        let result = self.result.check(|result| Some(result.value.0.clone()));
        Some(Check::Calls(CallCount {
            at: at?,
            call: self.call.get()?.0.clone(),
            error: error?,
            result: result?,
            window: window?,
            count: count?,
        }))
    }
}
