use std::fmt;
use std::net::IpAddr;

use super::super::EndpointName;

/// Binds an endpoint to another address, of which its peers are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddAddress {
    /// The endpoint.
    pub at: EndpointName,
    /// The address, which one of its node's interfaces has.
    pub address: IpAddr,
}

impl fmt::Display for AddAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "add-address {} {}", self.at, self.address)
    }
}
