use std::fmt;

use super::super::EndpointName;

/// Has an endpoint read nothing more, so that what arrives fills its receive
/// buffer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PauseReading {
    /// The endpoint.
    pub endpoint: EndpointName,
}

impl fmt::Display for PauseReading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "pause-reading {}", self.endpoint)
    }
}
