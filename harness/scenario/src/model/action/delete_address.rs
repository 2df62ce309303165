use std::fmt;
use std::net::IpAddr;

use super::super::EndpointName;

/// Removes an address from an endpoint; ASCONF tells its peers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeleteAddress {
    /// The endpoint.
    pub at: EndpointName,
    /// The address.
    pub address: IpAddr,
}

impl fmt::Display for DeleteAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "delete-address {} {}", self.at, self.address)
    }
}
