use std::fmt;

use super::super::{EndpointName, Signal};

/// Sends a signal to the program of an endpoint, and to its children.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendSignal {
    /// The endpoint.
    pub endpoint: EndpointName,
    /// The signal.
    pub signal: Signal,
}

impl fmt::Display for SendSignal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "signal {} {}", self.endpoint, self.signal)
    }
}
