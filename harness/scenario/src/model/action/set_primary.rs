use std::fmt;
use std::net::IpAddr;

use super::super::EndpointName;

/// Makes a path the endpoint's own primary path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetPrimary {
    /// The endpoint that sends there from now on.
    pub at: EndpointName,
    /// The endpoint at the other end of the association.
    pub to: EndpointName,
    /// The peer's address that the path leads to.
    pub address: IpAddr,
}

impl fmt::Display for SetPrimary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "set-primary {} → {}", self.at, self.address)
    }
}
