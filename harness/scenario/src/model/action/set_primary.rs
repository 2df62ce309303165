use std::fmt;
use std::net::IpAddr;

use super::super::EndpointName;

/// Makes a path the primary one of the endpoint itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetPrimary {
    /// The endpoint that will send there.
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
