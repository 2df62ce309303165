//! The assertion `messages`: the number and order of the messages that an endpoint
//! received.

use std::fmt;

use super::form::assertion;
use super::{AssertionForm, Check, Count, Window};
use crate::check::{Scope, check_fields};
use crate::model::{EndpointName, FieldWanted, MESSAGE_FIELDS};
use crate::value::{Boolean, Reference, Where};

/// Number and order of the messages that an endpoint received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageCount {
    /// The endpoint.
    pub at: EndpointName,
    /// The endpoint that sent the messages; `None` is any.
    pub from: Option<EndpointName>,
    /// Wanted values of the messages' fields ([`MESSAGE_FIELDS`](crate::MESSAGE_FIELDS)).
    pub fields: Vec<FieldWanted>,
    /// Whether the messages of each step must have come in the order of sending, or must
    /// not; `None` is either.
    pub in_order: Option<bool>,
    /// Part of the run.
    pub window: Window,
    /// Wanted number.
    pub count: Count,
}

impl fmt::Display for MessageCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} × message at {}", self.count, self.at)?;
        if let Some(from) = &self.from {
            write!(f, " from {from}")?;
        }
        for wanted in &self.fields {
            write!(f, " {wanted}")?;
        }
        match self.in_order {
            Some(true) => f.write_str(" in the order in which they were sent")?,
            Some(false) => f.write_str(" not in the order in which they were sent")?,
            None => {}
        }
        self.window.fmt(f)
    }
}

assertion! {
    /// An endpoint received this many messages.
    struct MessagesForm = "{at: server, from: client, where: {stream: 3, ppid: 8}, exactly: 1}" {
        required {
            /// The endpoint that received the messages.
            at: Reference,
        }
        optional {
            /// The endpoint that sent the messages; any if left out.
            from: Reference,
            /// Only messages with these values: `stream`, `ssn`, `ppid` (as on the wire),
            /// `tsn`, `size`, `step` (the step that sent them), `number` (the number in
            /// that step, from 1).
            r#where: Where,
            /// `true`: the messages of each step came in the order of sending; `false`:
            /// they did not. Either if left out.
            in_order: Boolean,
        }
    }
    shares {window, count}
}

impl AssertionForm for MessagesForm {
    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Check> {
        let at = self.at.spanned().and_then(|at| scope.endpoint(at));
        let from = scope.optional(&self.from, |scope, from| scope.endpoint(from));
        let window = self.window(scope);
        let count = self.count(scope);
        let fields = check_fields("a message", MESSAGE_FIELDS, &self.r#where, scope);
        let in_order = self.in_order.check(|it| Some(it.value.0));
        Some(Check::Messages(MessageCount {
            at: at?,
            from: from?,
            fields: fields?,
            in_order: in_order?,
            window: window?,
            count: count?,
        }))
    }
}
