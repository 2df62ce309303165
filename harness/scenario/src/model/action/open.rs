use std::fmt;

use super::super::EndpointName;

/// Opens an endpoint again that was killed or closed: new sockets with the same ports,
/// addresses and options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// The endpoint.
    pub endpoint: EndpointName,
}

impl fmt::Display for Open {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "open {}", self.endpoint)
    }
}
