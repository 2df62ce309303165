use std::fmt;
use std::time::Duration;

use super::super::words::spoken;
use super::super::{EndpointName, StepName};

/// Starts a steady stream of numbered messages. Ends by [`Stop`](super::Stop), or with
/// the scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traffic {
    /// What [`Stop`](super::Stop) calls it.
    pub name: StepName,
    /// The endpoint that sends.
    pub from: EndpointName,
    /// The endpoint it sends to, over their association.
    pub to: EndpointName,
    /// The time between two messages; the first is sent at once.
    pub every: Duration,
    /// The length of each in bytes.
    pub size: usize,
    /// The stream.
    pub stream: u16,
    /// The payload protocol identifier, as it shall stand on the wire.
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
