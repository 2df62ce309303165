use std::fmt;

use super::super::EndpointName;

/// Starts the program of an endpoint, and waits until the program is ready.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// The endpoint.
    pub endpoint: EndpointName,
}

impl fmt::Display for Start {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "start {}", self.endpoint)
    }
}
