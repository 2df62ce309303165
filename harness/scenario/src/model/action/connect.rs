use std::fmt;
use std::net::SocketAddr;

use super::super::EndpointName;

/// Starts setting an association up, without waiting for it: an expectation waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connect {
    /// The endpoint that sends INIT.
    pub from: EndpointName,
    /// The endpoint that receives INIT.
    pub to: EndpointName,
    /// The transport addresses for `sctp_connectx`. The first one is the primary path.
    /// Never empty.
    pub addresses: Vec<SocketAddr>,
}

impl fmt::Display for Connect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "connect {} → {}", self.from, self.to)
    }
}
