use std::fmt;
use std::time::Duration;

use super::super::EndpointName;
use super::super::words::spoken;

/// Ends associations gracefully: SHUTDOWN (RFC 9260 section 9.2), unless the socket's
/// settings or unread data cause an ABORT.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Close {
    /// The endpoint whose associations end.
    pub endpoint: EndpointName,
    /// Only those with this endpoint; `None` is all.
    pub to: Option<EndpointName>,
    /// Whether associations or the socket are closed.
    pub what: Closing,
}

/// What a [`Close`] closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    /// Each association. The socket stays open if it can have other associations.
    Associations,
    /// The socket itself, by close(2).
    Socket {
        /// `SO_LINGER`, set before: zero aborts. `None` leaves it off.
        linger: Option<Duration>,
    },
}

impl fmt::Display for Close {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.what {
            Closing::Associations => write!(f, "close {}", self.endpoint)?,
            Closing::Socket { .. } => write!(f, "close the socket of {}", self.endpoint)?,
        }
        if let Some(to) = &self.to {
            write!(f, " → {to}")?;
        }
        match self.what {
            Closing::Socket { linger: Some(time) } => write!(f, ", lingering {}", spoken(time)),
            _ => Ok(()),
        }
    }
}
