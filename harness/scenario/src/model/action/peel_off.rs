use std::fmt;

use super::super::EndpointName;

/// Moves an association of a one-to-many socket to a new socket (`sctp_peeloff`, RFC 6458
/// section 9.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeelOff {
    /// The endpoint of the one-to-many socket.
    pub at: EndpointName,
    /// The endpoint at the association's other end.
    pub from: EndpointName,
}

impl fmt::Display for PeelOff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "peeloff {} from {}", self.from, self.at)
    }
}
