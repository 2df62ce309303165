use std::fmt;

use super::super::EndpointName;

/// Aborts associations: ABORT (RFC 9260 section 9.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Abort {
    /// The endpoint whose associations end.
    pub endpoint: EndpointName,
    /// Only those with this endpoint; `None` is all.
    pub to: Option<EndpointName>,
}

impl fmt::Display for Abort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "abort {}", self.endpoint)?;
        match &self.to {
            Some(to) => write!(f, " → {to}"),
            None => Ok(()),
        }
    }
}
