use std::fmt;

use super::form::assertion;
use super::{AssertionForm, Check, Count, Window};
use crate::check::{Scope, check_fields_and_state};
use crate::model::{ASSOCIATION_FIELDS, ASSOCIATION_STATES, EndpointName, FieldWanted};
use crate::value::{Reference, Where};

/// How many samples of an endpoint's associations said so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssociationCount {
    /// The endpoint whose association it is.
    pub at: EndpointName,
    /// The endpoint at the other end of the association; `None` is any.
    pub with: Option<EndpointName>,
    /// What the sample must say ([`ASSOCIATION_FIELDS`](crate::ASSOCIATION_FIELDS)).
    pub fields: Vec<FieldWanted>,
    /// When.
    pub window: Window,
    /// How many.
    pub count: Count,
}

impl fmt::Display for AssociationCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} × association of {}", self.count, self.at)?;
        if let Some(with) = &self.with {
            write!(f, " with {with}")?;
        }
        for wanted in &self.fields {
            write!(f, " {wanted}")?;
        }
        self.window.fmt(f)
    }
}

assertion! {
    /// Samples of an endpoint's associations said so, as `SCTP_STATUS` reports them
    /// (RFC 6458 section 8.2.1). The lab takes one whenever an association is seen
    /// to have changed.
    struct AssociationsForm = "{at: client, where: {state: SCTP_SHUTDOWN_SENT}, at-least: 1}" {
        required {
            /// The endpoint whose association it is.
            at: Reference,
        }
        optional {
            /// The endpoint at the other end of the association; any if left out.
            with: Reference,
            /// Only those that say so: `state` (`SCTP_ESTABLISHED`), `peer-rwnd` (bytes),
            /// `unacknowledged`, `unread` and `queued` (chunks), `error-count`.
            r#where: Where,
        }
    }
    shares {window, count}
}

impl AssertionForm for AssociationsForm {
    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Check> {
        let at = self.at.spanned().and_then(|at| scope.endpoint(at));
        let with = scope.optional(&self.with, |scope, with| scope.endpoint(with));
        let window = self.window(scope);
        let count = self.count(scope);
        let known = (ASSOCIATION_FIELDS, ASSOCIATION_STATES);
        let fields = check_fields_and_state("an association", known, &self.r#where, scope);
        Some(Check::Associations(AssociationCount {
            at: at?,
            with: with?,
            fields: fields?,
            window: window?,
            count: count?,
        }))
    }
}
