use std::fmt;

use super::super::EndpointName;

/// Sends messages once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Send {
    /// The endpoint that sends.
    pub from: EndpointName,
    /// The endpoint it sends to, over their association.
    pub to: EndpointName,
    /// How many messages.
    pub count: u64,
    /// The length of each in bytes.
    pub size: usize,
    /// The stream.
    pub stream: u16,
    /// The payload protocol identifier, as it shall stand on the wire.
    pub ppid: u32,
    /// Whether each is sent with the U bit.
    pub unordered: bool,
}

impl fmt::Display for Send {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "send {} × {} B {} → {}",
            self.count, self.size, self.from, self.to
        )
    }
}
