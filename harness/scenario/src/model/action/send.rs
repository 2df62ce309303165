use std::fmt;
use std::net::SocketAddr;

use super::super::EndpointName;
use super::{End, SendAttributes};

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
    /// Whether to wait where there is no room in the send buffer.
    pub blocking: bool,
    /// What else travels beside each.
    pub attributes: SendAttributes,
    /// Where to, while there is no association: the first message sets one up
    /// (RFC 6458 section 7.5). `None` where there is one.
    pub set_up: Option<SocketAddr>,
    /// The error that each must give instead of being sent, by its name.
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
