use std::fmt;
use std::net::SocketAddr;

use super::super::EndpointName;
use super::{End, SendAttributes};

/// Sends messages once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Send {
    /// The endpoint that sends.
    pub from: EndpointName,
    /// The receiving endpoint, with which there is an association.
    pub to: EndpointName,
    /// How many messages.
    pub count: u64,
    /// Length of each message in bytes.
    pub size: usize,
    /// The stream.
    pub stream: u16,
    /// Payload protocol identifier as on the wire.
    pub ppid: u32,
    /// Whether the messages are unordered (U bit).
    pub unordered: bool,
    /// Whether to wait if the send buffer has no room.
    pub blocking: bool,
    /// Further attributes of each message.
    pub attributes: SendAttributes,
    /// Destination while there is no association: the first message sets one up (RFC 6458
    /// section 7.5). `None` if there is an association.
    pub set_up: Option<SocketAddr>,
    /// Name of the error that each call must return instead of sending.
    pub error: Option<String>,
}

impl fmt::Display for Send {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "send {} × {} B {} → {}",
            self.count, self.size, self.from, self.to
        )?;
        if !self.blocking {
            f.write_str(", without waiting")?;
        }
        match self.attributes.end {
            Some(End::Eof) => f.write_str(", SCTP_EOF")?,
            Some(End::Abort) => f.write_str(", SCTP_ABORT")?,
            None => {}
        }
        match &self.error {
            Some(error) => write!(f, ", refused with {error}"),
            None => Ok(()),
        }
    }
}
