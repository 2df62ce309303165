use std::fmt;
use std::time::Duration;

use super::super::words::spoken;
use super::super::{EndpointName, StepName};

/// Starts a stream of numbered messages. It ends with [`Stop`](super::Stop), or with the
/// scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traffic {
    /// Name of the traffic in [`Stop`](super::Stop).
    pub name: StepName,
    /// The endpoint that sends.
    pub from: EndpointName,
    /// The receiving endpoint, with which there is an association.
    pub to: EndpointName,
    /// The time between two messages; the first is sent at once.
    pub every: Duration,
    /// Length of each message in bytes.
    pub size: usize,
    /// The stream.
    pub stream: u16,
    /// Payload protocol identifier as on the wire.
    pub ppid: u32,
}

impl fmt::Display for Traffic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "traffic {} → {}, {} B every {}",
            self.from,
            self.to,
            self.size,
            spoken(self.every)
        )
    }
}
