//! `SCTP_EVENT`: subscribes to one notification type.

use std::io;

use super::access::{get, named_option, set};
use super::{ReadOption, SocketOption, WriteOption};
use crate::sys::{self, sctp_event};
use crate::{AssocId, Socket};

/// Subscribes to one notification type, for an association or for future associations
/// (RFC 6458 section 6.2.2; Linux: `sctp_setsockopt_event`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// The association.
    pub assoc_id: AssocId,
    /// Notification type.
    pub event: EventType,
    /// Whether notifications of this type are delivered.
    pub on: bool,
}

/// The notification types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is named after its notification")]
pub enum EventType {
    AssocChange,
    PeerAddrChange,
    RemoteError,
    SendFailed,
    SendFailedEvent,
    ShutdownEvent,
    AdaptationIndication,
    PartialDeliveryEvent,
    AuthenticationEvent,
    SenderDryEvent,
    StreamResetEvent,
    AssocResetEvent,
    StreamChangeEvent,
}

impl EventType {
    /// Every type, in the RFCs' order.
    pub const ALL: [Self; 13] = [
        Self::AssocChange,
        Self::PeerAddrChange,
        Self::RemoteError,
        Self::SendFailed,
        Self::ShutdownEvent,
        Self::AdaptationIndication,
        Self::PartialDeliveryEvent,
        Self::AuthenticationEvent,
        Self::SenderDryEvent,
        Self::SendFailedEvent,
        Self::StreamResetEvent,
        Self::AssocResetEvent,
        Self::StreamChangeEvent,
    ];

    /// The name in RFC 6458, such as `SCTP_ASSOC_CHANGE`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AssocChange => "SCTP_ASSOC_CHANGE",
            Self::PeerAddrChange => "SCTP_PEER_ADDR_CHANGE",
            Self::RemoteError => "SCTP_REMOTE_ERROR",
            Self::SendFailed => "SCTP_SEND_FAILED",
            Self::SendFailedEvent => "SCTP_SEND_FAILED_EVENT",
            Self::ShutdownEvent => "SCTP_SHUTDOWN_EVENT",
            Self::AdaptationIndication => "SCTP_ADAPTATION_INDICATION",
            Self::PartialDeliveryEvent => "SCTP_PARTIAL_DELIVERY_EVENT",
            Self::AuthenticationEvent => "SCTP_AUTHENTICATION_EVENT",
            Self::SenderDryEvent => "SCTP_SENDER_DRY_EVENT",
            Self::StreamResetEvent => "SCTP_STREAM_RESET_EVENT",
            Self::AssocResetEvent => "SCTP_ASSOC_RESET_EVENT",
            Self::StreamChangeEvent => "SCTP_STREAM_CHANGE_EVENT",
        }
    }

    const fn to_raw(self) -> u16 {
        match self {
            Self::AssocChange => sys::SCTP_ASSOC_CHANGE,
            Self::PeerAddrChange => sys::SCTP_PEER_ADDR_CHANGE,
            Self::RemoteError => sys::SCTP_REMOTE_ERROR,
            Self::SendFailed => sys::SCTP_SEND_FAILED,
            Self::SendFailedEvent => sys::SCTP_SEND_FAILED_EVENT,
            Self::ShutdownEvent => sys::SCTP_SHUTDOWN_EVENT,
            Self::AdaptationIndication => sys::SCTP_ADAPTATION_INDICATION,
            Self::PartialDeliveryEvent => sys::SCTP_PARTIAL_DELIVERY_EVENT,
            Self::AuthenticationEvent => sys::SCTP_AUTHENTICATION_EVENT,
            Self::SenderDryEvent => sys::SCTP_SENDER_DRY_EVENT,
            Self::StreamResetEvent => sys::SCTP_STREAM_RESET_EVENT,
            Self::AssocResetEvent => sys::SCTP_ASSOC_RESET_EVENT,
            Self::StreamChangeEvent => sys::SCTP_STREAM_CHANGE_EVENT,
        }
    }
}

named_option!(Event, SCTP_EVENT);

impl Event {
    fn raw(&self) -> sctp_event {
        sctp_event {
            se_assoc_id: self.assoc_id.to_raw(),
            se_type: self.event.to_raw(),
            se_on: self.on.into(),
            _pad: 0,
        }
    }
}

impl ReadOption for Event {
    type Of = (AssocId, EventType);

    fn read(socket: &Socket, (assoc_id, event): Self::Of) -> io::Result<Self> {
        let question = Self {
            assoc_id,
            event,
            on: false,
        };
        let raw = get(socket, Self::NAME, question.raw())?;
        Ok(Self {
            on: raw.se_on != 0,
            ..question
        })
    }
}

impl WriteOption for Event {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        set(socket, Self::NAME, &self.raw())
    }
}
