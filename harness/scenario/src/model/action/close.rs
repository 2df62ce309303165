use std::fmt;

use super::super::EndpointName;

/// Ends gracefully: SHUTDOWN (RFC 9260 section 9.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Close {
    /// The endpoint whose associations end.
    pub endpoint: EndpointName,
}

impl fmt::Display for Close {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "close {}", self.endpoint)
    }
}
