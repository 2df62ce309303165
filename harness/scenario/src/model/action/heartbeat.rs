use std::fmt;
use std::net::IpAddr;

use super::super::EndpointName;

/// Sends one HEARTBEAT on a path immediately.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heartbeat {
    /// The endpoint that sends it.
    pub at: EndpointName,
    /// The endpoint at the other end of the association.
    pub to: EndpointName,
    /// The peer's address that the path leads to.
    pub address: IpAddr,
}

impl fmt::Display for Heartbeat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "heartbeat {} → {}", self.at, self.address)
    }
}
