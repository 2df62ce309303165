use std::fmt;

use super::super::EndpointName;

/// Takes an endpoint away without a goodbye: nothing that its kernel says
/// about it reaches its peers.
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
