use std::fmt;
use std::net::SocketAddr;

use super::super::EndpointName;

/// Sets an association up. Does not wait for it: an expectation does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connect {
    /// The endpoint that sends INIT.
    pub from: EndpointName,
    /// The endpoint that is called.
    pub to: EndpointName,
    /// The transport addresses handed to `sctp_connectx`, the first being
    /// the primary path. Never empty.
    pub addresses: Vec<SocketAddr>,
}

impl fmt::Display for Connect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "connect {} → {}", self.from, self.to)
    }
}
