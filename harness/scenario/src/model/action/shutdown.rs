use std::fmt;

use super::super::EndpointName;

/// shutdown(2) for sending, on one-to-one sockets (RFC 6458 section 4.1.7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shutdown {
    /// The endpoint whose associations end.
    pub endpoint: EndpointName,
    /// Only those with this endpoint; `None` is all.
    pub to: Option<EndpointName>,
}

impl fmt::Display for Shutdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "shutdown {}", self.endpoint)?;
        match &self.to {
            Some(to) => write!(f, " → {to}"),
            None => Ok(()),
        }
    }
}
