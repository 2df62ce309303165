//! The assertion `paths`: the number of matching samples of an endpoint's paths.

use std::fmt;
use std::net::IpAddr;

use super::form::assertion;
use super::{AssertionForm, Check, Count, Window};
use crate::check::{Scope, check_fields_and_state};
use crate::model::{EndpointName, FieldWanted, PATH_FIELDS, PATH_STATES};
use crate::value::{Address, Reference, Where};

/// Number of samples of a path that match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathCount {
    /// The endpoint whose path it is.
    pub at: EndpointName,
    /// The endpoint at the other end of the association; `None` is any.
    pub with: Option<EndpointName>,
    /// The peer's address; `None` is any.
    pub address: Option<IpAddr>,
    /// Wanted values of the sample's fields ([`PATH_FIELDS`](crate::PATH_FIELDS)).
    pub fields: Vec<FieldWanted>,
    /// Part of the run.
    pub window: Window,
    /// Wanted number.
    pub count: Count,
}

impl fmt::Display for PathCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} × path of {}", self.count, self.at)?;
        if let Some(with) = &self.with {
            write!(f, " with {with}")?;
        }
        if let Some(address) = self.address {
            write!(f, " to {address}")?;
        }
        for wanted in &self.fields {
            write!(f, " {wanted}")?;
        }
        self.window.fmt(f)
    }
}

assertion! {
    /// Samples of an endpoint's paths match `where`. The lab takes a sample of every path
    /// before each step that does something, and whenever it notices a change of a path.
    struct PathsForm = "{at: client, address: 10.0.1.2, where: {state: SCTP_POTENTIALLY_FAILED}, at-least: 1}" {
        required {
            /// The endpoint whose path it is.
            at: Reference,
        }
        optional {
            /// The endpoint at the other end of the association; any if left out.
            with: Reference,
            /// The peer's address that the path leads to; any if left out.
            address: Address,
            /// Only samples with these values.
            r#where: Where,
        }
    }
    shares {window, count}
}

impl AssertionForm for PathsForm {
    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Check> {
        let at = self.at.spanned().and_then(|at| scope.kernels_endpoint(at));
        let address = self.address.check(|address| Some(address.value.0));
        let with = scope.optional(&self.with, |scope, with| scope.kernels_endpoint(with));
        let window = self.window(scope);
        let count = self.count(scope);
        let known = (PATH_FIELDS, PATH_STATES);
        let fields = check_fields_and_state("a path", known, &self.r#where, scope);
        Some(Check::Paths(PathCount {
            at: at?,
            with: with?,
            address: address?,
            fields: fields?,
            window: window?,
            count: count?,
        }))
    }
}
