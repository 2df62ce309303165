//! The assertion `associations`: the number of matching samples of an endpoint's
//! associations.

use std::fmt;

use super::form::assertion;
use super::{AssertionForm, Check, Count, Window};
use crate::check::{Scope, check_fields_and_state};
use crate::model::{ASSOCIATION_FIELDS, ASSOCIATION_STATES, EndpointName, FieldWanted};
use crate::value::{Reference, Where};

/// Number of samples of an endpoint's associations that match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssociationCount {
    /// The endpoint whose association it is.
    pub at: EndpointName,
    /// The endpoint at the other end of the association; `None` is any.
    pub with: Option<EndpointName>,
    /// Wanted values of the sample's fields
    /// ([`ASSOCIATION_FIELDS`](crate::ASSOCIATION_FIELDS)).
    pub fields: Vec<FieldWanted>,
    /// Part of the run.
    pub window: Window,
    /// Wanted number.
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
    /// Samples of an endpoint's associations match `where`. The lab takes a sample whenever
    /// it notices a change of an association.
    struct AssociationsForm = "{at: client, where: {state: SCTP_SHUTDOWN_SENT}, at-least: 1}" {
        required {
            /// The endpoint whose association it is.
            at: Reference,
        }
        optional {
            /// The endpoint at the other end of the association; any if left out.
            with: Reference,
            /// Only samples with these values, as `SCTP_STATUS` reports them (RFC 6458 section
            /// 8.2.1): `state` (`SCTP_ESTABLISHED`), `peer-rwnd` (bytes), `unacknowledged` and
            /// `pending` (chunks). Linux counts as pending the chunks that are missing below the
            /// highest TSN that came. Where the kernel reports them by other means, also
            /// `queued` (chunks) and `error-count`.
            r#where: Where,
        }
    }
    shares {window, count}
}

impl AssertionForm for AssociationsForm {
    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Check> {
        let at = self.at.spanned().and_then(|at| scope.kernels_endpoint(at));
        let with = scope.optional(&self.with, |scope, with| scope.kernels_endpoint(with));
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
