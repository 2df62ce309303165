use std::fmt;

use super::super::EndpointName;
use super::Count;

/// How many of the messages that one endpoint sent another received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivered {
    /// The sender.
    pub from: EndpointName,
    /// The receiver.
    pub to: EndpointName,
    /// How many were sent and never received.
    pub lost: Count,
    /// How many were received more than once.
    pub duplicated: Count,
    /// How many were sent at all.
    pub sent: Option<Count>,
}

impl fmt::Display for Delivered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "delivered {} → {}: ", self.from, self.to)?;
        if let Some(sent) = self.sent {
            write!(f, "{sent} sent, ")?;
        }
        write!(f, "{} lost, {} duplicated", self.lost, self.duplicated)
    }
}
