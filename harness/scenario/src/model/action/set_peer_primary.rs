use std::fmt;
use std::net::IpAddr;

use super::super::EndpointName;

/// Asks the peer to make an address of the endpoint its primary path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetPeerPrimary {
    /// The endpoint that asks.
    pub at: EndpointName,
    /// The endpoint that is asked.
    pub to: EndpointName,
    /// The address of `at` to which `to` is to send.
    pub address: IpAddr,
}

impl fmt::Display for SetPeerPrimary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "set-peer-primary {} → {}", self.to, self.address)
    }
}
