//! The enum of all notifications.

use super::{
    AdaptationIndication, AssocChange, AssocReset, Authentication, Fields, PartialDelivery,
    PeerAddrChange, RemoteError, SendFailed, SendFailedEvent, SenderDry, ShutdownEvent,
    StreamChange, StreamReset, Value,
};
use crate::{AssocId, sys};

/// A notification (RFC 6458 section 6.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notification {
    /// An association came up or ended.
    AssocChange(AssocChange),
    /// A path to the peer changed.
    PeerAddrChange(PeerAddrChange),
    /// The peer sent an ERROR chunk.
    RemoteError(RemoteError),
    /// A message could not be sent (old form).
    SendFailed(SendFailed),
    /// A message could not be sent.
    SendFailedEvent(SendFailedEvent),
    /// The peer shuts the association down.
    ShutdownEvent(ShutdownEvent),
    /// The adaptation layer that the peer announced.
    AdaptationIndication(AdaptationIndication),
    /// A message that was being delivered in pieces will not be completed.
    PartialDelivery(PartialDelivery),
    /// An authentication key came into use or went out of use.
    Authentication(Authentication),
    /// All messages were sent and acknowledged.
    SenderDry(SenderDry),
    /// Streams were reset.
    StreamReset(StreamReset),
    /// The sequence numbers of an association were reset.
    AssocReset(AssocReset),
    /// The number of streams changed.
    StreamChange(StreamChange),
    /// A notification of an unknown type, or one that is too short for its type.
    Unknown {
        /// `sn_type`, in the system's own numbers; 0 where it is missing.
        kind: u16,
        /// The whole notification with its header.
        bytes: Vec<u8>,
    },
}

impl Notification {
    /// Reads a whole notification as `recvmsg` gave it, in host byte order.
    pub fn decode(bytes: &[u8]) -> Self {
        let kind = bytes
            .first_chunk()
            .map_or(0, |raw| u16::from_ne_bytes(*raw));
        let known = match kind {
            sys::SCTP_ASSOC_CHANGE => AssocChange::decode(bytes).map(Self::AssocChange),
            sys::SCTP_PEER_ADDR_CHANGE => PeerAddrChange::decode(bytes).map(Self::PeerAddrChange),
            sys::SCTP_REMOTE_ERROR => RemoteError::decode(bytes).map(Self::RemoteError),
            sys::SCTP_SEND_FAILED => SendFailed::decode(bytes).map(Self::SendFailed),
            sys::SCTP_SEND_FAILED_EVENT => {
                SendFailedEvent::decode(bytes).map(Self::SendFailedEvent)
            }
            sys::SCTP_SHUTDOWN_EVENT => ShutdownEvent::decode(bytes).map(Self::ShutdownEvent),
            sys::SCTP_ADAPTATION_INDICATION => {
                AdaptationIndication::decode(bytes).map(Self::AdaptationIndication)
            }
            sys::SCTP_PARTIAL_DELIVERY_EVENT => {
                PartialDelivery::decode(bytes).map(Self::PartialDelivery)
            }
            sys::SCTP_AUTHENTICATION_EVENT => {
                Authentication::decode(bytes).map(Self::Authentication)
            }
            sys::SCTP_SENDER_DRY_EVENT => SenderDry::decode(bytes).map(Self::SenderDry),
            sys::SCTP_STREAM_RESET_EVENT => StreamReset::decode(bytes).map(Self::StreamReset),
            sys::SCTP_ASSOC_RESET_EVENT => AssocReset::decode(bytes).map(Self::AssocReset),
            sys::SCTP_STREAM_CHANGE_EVENT => StreamChange::decode(bytes).map(Self::StreamChange),
            _ => None,
        };
        known.unwrap_or_else(|| Self::Unknown {
            kind,
            bytes: bytes.to_vec(),
        })
    }

    /// The name of the type in RFC 6458, such as `SCTP_PEER_ADDR_CHANGE`; `UNKNOWN` for
    /// an unknown type.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::AssocChange(_) => "SCTP_ASSOC_CHANGE",
            Self::PeerAddrChange(_) => "SCTP_PEER_ADDR_CHANGE",
            Self::RemoteError(_) => "SCTP_REMOTE_ERROR",
            Self::SendFailed(_) => "SCTP_SEND_FAILED",
            Self::SendFailedEvent(_) => "SCTP_SEND_FAILED_EVENT",
            Self::ShutdownEvent(_) => "SCTP_SHUTDOWN_EVENT",
            Self::AdaptationIndication(_) => "SCTP_ADAPTATION_INDICATION",
            Self::PartialDelivery(_) => "SCTP_PARTIAL_DELIVERY_EVENT",
            Self::Authentication(_) => "SCTP_AUTHENTICATION_EVENT",
            Self::SenderDry(_) => "SCTP_SENDER_DRY_EVENT",
            Self::StreamReset(_) => "SCTP_STREAM_RESET_EVENT",
            Self::AssocReset(_) => "SCTP_ASSOC_RESET_EVENT",
            Self::StreamChange(_) => "SCTP_STREAM_CHANGE_EVENT",
            Self::Unknown { .. } => "UNKNOWN",
        }
    }

    /// All fields except type and length, under their names in RFC 6458. Flags are given
    /// where the type defines any.
    pub fn fields(&self) -> Fields {
        match self {
            Self::AssocChange(event) => event.fields(),
            Self::PeerAddrChange(event) => event.fields(),
            Self::RemoteError(event) => event.fields(),
            Self::SendFailed(event) => event.fields(),
            Self::SendFailedEvent(event) => event.fields(),
            Self::ShutdownEvent(event) => event.fields(),
            Self::AdaptationIndication(event) => event.fields(),
            Self::PartialDelivery(event) => event.fields(),
            Self::Authentication(event) => event.fields(),
            Self::SenderDry(event) => event.fields(),
            Self::StreamReset(event) => event.fields(),
            Self::AssocReset(event) => event.fields(),
            Self::StreamChange(event) => event.fields(),
            Self::Unknown { kind, bytes } => vec![
                ("sn_type", (*kind).into()),
                ("sn_data", Value::Bytes(bytes.clone())),
            ],
        }
    }

    /// The association of the notification; `None` for an unknown type.
    pub const fn assoc_id(&self) -> Option<AssocId> {
        Some(match self {
            Self::AssocChange(event) => event.assoc_id,
            Self::PeerAddrChange(event) => event.assoc_id,
            Self::RemoteError(event) => event.assoc_id,
            Self::SendFailed(event) => event.assoc_id,
            Self::SendFailedEvent(event) => event.assoc_id,
            Self::ShutdownEvent(event) => event.assoc_id,
            Self::AdaptationIndication(event) => event.assoc_id,
            Self::PartialDelivery(event) => event.assoc_id,
            Self::Authentication(event) => event.assoc_id,
            Self::SenderDry(event) => event.assoc_id,
            Self::StreamReset(event) => event.assoc_id,
            Self::AssocReset(event) => event.assoc_id,
            Self::StreamChange(event) => event.assoc_id,
            Self::Unknown { .. } => return None,
        })
    }
}
