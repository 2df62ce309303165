use std::fmt;

use super::super::EndpointName;

/// Makes a scripted peer answer some chunks automatically from now on, or stop doing so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The peer.
    pub peer: EndpointName,
    /// Whether each HEARTBEAT is answered by a HEARTBEAT ACK.
    pub heartbeats: bool,
    /// Whether each packet with DATA is answered by a SACK.
    pub data: bool,
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match (self.heartbeats, self.data) {
            (true, true) => "HEARTBEATs and DATA",
            (true, false) => "HEARTBEATs",
            (false, true) => "DATA",
            (false, false) => "nothing",
        };
        write!(f, "{} answers {what} by itself", self.peer)
    }
}
