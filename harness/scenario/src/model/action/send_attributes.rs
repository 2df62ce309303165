use std::net::IpAddr;

use super::super::{Init, Reliability};

/// Attributes of a message (RFC 6458 section 5.3) other than its stream, its payload
/// protocol identifier and its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SendAttributes {
    /// A number that is returned if the message cannot be sent.
    pub context: u32,
    /// When the message is abandoned; `None` is never.
    pub reliability: Option<Reliability>,
    /// Whether the receiver is asked not to delay its SACK.
    pub sack_immediately: bool,
    /// Whether and how the message ends the association.
    pub end: Option<End>,
    /// Address of the receiver to which the message is sent instead of the primary path.
    pub to_address: Option<IpAddr>,
    /// Parameters of INIT, if the message sets the association up.
    pub init: Option<Init>,
    /// Further addresses of the receiver, if the message sets the association up.
    pub more_addresses: Vec<IpAddr>,
    /// Number of the key that authenticates the message.
    pub auth_key: Option<u16>,
    /// Form in which the attributes are passed to the kernel.
    pub ancillary: Ancillary,
}

/// The way in which a message ends its association.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// `SCTP_EOF`: gracefully, after all earlier messages.
    Eof,
    /// `SCTP_ABORT`: by an ABORT; the message is the reason.
    Abort,
}

/// The form of the attributes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ancillary {
    /// `SCTP_SNDINFO` and `SCTP_PRINFO`.
    #[default]
    SndInfo,
    /// `SCTP_SNDRCV`, the old form.
    SndRcv,
    /// Not passed: the socket's defaults apply.
    None,
}
