use std::net::IpAddr;

use super::super::{Init, Reliability};

/// What travels beside a message (RFC 6458 section 5.3), besides its stream,
/// its payload protocol identifier and whether it is ordered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SendAttributes {
    /// A number that comes back when the message could not be sent.
    pub context: u32,
    /// When to give up; `None` is never.
    pub reliability: Option<Reliability>,
    /// Whether the receiver is asked not to delay its SACK.
    pub sack_immediately: bool,
    /// Whether the message ends the association, and how.
    pub end: Option<End>,
    /// The address of the receiver that it is sent to, in place of the primary
    /// path.
    pub to_address: Option<IpAddr>,
    /// What is asked for where it sets the association up.
    pub init: Option<Init>,
    /// More addresses of the receiver, where it sets the association up.
    pub more_addresses: Vec<IpAddr>,
    /// The number of the key that signs it.
    pub auth_key: Option<u16>,
    /// In which form all this is told the kernel.
    pub ancillary: Ancillary,
}

/// How a message ends its association.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// `SCTP_EOF`: gracefully, after all that was sent.
    Eof,
    /// `SCTP_ABORT`: at once; the message is the reason.
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
    /// None: the socket's defaults hold.
    None,
}
