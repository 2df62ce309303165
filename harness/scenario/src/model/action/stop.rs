use std::fmt;

use super::super::StepName;

/// Ends a [`Traffic`](super::Traffic).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The name of the traffic.
    pub traffic: StepName,
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "stop {}", self.traffic)
    }
}
