use std::fmt;

use super::super::EndpointName;

/// Undoes a [`PauseReading`](super::PauseReading).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResumeReading {
    /// The endpoint.
    pub endpoint: EndpointName,
}

impl fmt::Display for ResumeReading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "resume-reading {}", self.endpoint)
    }
}
