use std::fmt;

use super::form::assertion;
use super::{AssertionForm, Check, Count, Window};
use crate::check::{Scope, check_fields};
use crate::model::{EndpointName, FieldWanted, MESSAGE_FIELDS};
use crate::value::{Boolean, Reference, Where};

/// How many messages an endpoint received, and in which order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageCount {
    /// The endpoint.
    pub at: EndpointName,
    /// Who sent them; `None` is anybody.
    pub from: Option<EndpointName>,
    /// What their fields must say ([`MESSAGE_FIELDS`](crate::MESSAGE_FIELDS)).
    pub fields: Vec<FieldWanted>,
    /// Whether those of one step must have come in the order in which they
    /// were sent, or must not; `None` is either.
    pub in_order: Option<bool>,
    /// When.
    pub window: Window,
    /// How many.
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
    /// An endpoint received so many messages.
    struct MessagesForm = "{at: server, from: client, where: {stream: 3, ppid: 8}, exactly: 1}" {
        required {
            /// The endpoint that received them.
            at: Reference,
        }
        optional {
            /// The endpoint that sent them; any if left out.
            from: Reference,
            /// Only those that say so: `stream`, `ssn`, `ppid` (as it stands on the
            /// wire), `tsn`, `size`, `step` (the step that sent them), `number` (which of
            /// that step's, from 1).
            r#where: Where,
            /// `true`: those of each step came in the order in which they were sent;
            /// `false`: they did not. Either, if left out.
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
