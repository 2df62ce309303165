use std::fmt;

use super::super::EndpointName;

/// Kills the program of an endpoint: the kernel closes its sockets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kill {
    /// The endpoint.
    pub endpoint: EndpointName,
}

impl fmt::Display for Kill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "kill {}", self.endpoint)
    }
}
