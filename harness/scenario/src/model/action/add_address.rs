use std::fmt;
use std::net::IpAddr;

use super::super::EndpointName;

/// Binds an endpoint to a further address; ASCONF tells its peers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddAddress {
    /// The endpoint.
    pub at: EndpointName,
    /// The address, which belongs to one of its node's interfaces.
    pub address: IpAddr,
}

impl fmt::Display for AddAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "add-address {} {}", self.at, self.address)
    }
}
