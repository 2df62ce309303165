use std::fmt;
use std::net::IpAddr;

use super::super::{EndpointName, FieldWanted};
use super::{Count, Window};

/// How many samples of a path said so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathCount {
    /// The endpoint whose path it is.
    pub at: EndpointName,
    /// The peer's address; `None` is any.
    pub address: Option<IpAddr>,
    /// What the sample must say ([`PATH_FIELDS`](crate::PATH_FIELDS)).
    pub fields: Vec<FieldWanted>,
    /// When.
    pub window: Window,
    /// How many.
    pub count: Count,
}

impl fmt::Display for PathCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} × path of {}", self.count, self.at)?;
        if let Some(address) = self.address {
            write!(f, " to {address}")?;
        }
        for wanted in &self.fields {
            write!(f, " {wanted}")?;
        }
        self.window.fmt(f)
    }
}
