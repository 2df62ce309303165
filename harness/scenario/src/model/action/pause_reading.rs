use std::fmt;

use super::super::EndpointName;

/// Makes an endpoint stop reading, so that its receive buffer fills.
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
