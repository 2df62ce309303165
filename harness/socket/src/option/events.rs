//! `SCTP_EVENTS`: subscribes to all notification types at once, in the old form.

use std::io;

use zerocopy::FromZeros;

use super::access::{get, named_option, set};
use super::{ReadOption, SocketOption, WriteOption};
use crate::Socket;
use crate::sys::sctp_event_subscribe;

/// Subscribes to the types that are `true`, and unsubscribes from all others (RFC 6458
/// section 6.2.1, deprecated there; Linux: `sctp_setsockopt_events`).
///
/// FreeBSD has no field for the last three, which are refused with `InvalidInput` there.
/// [`Event`](super::Event) has them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "each field is named after its notification")]
pub struct Events {
    /// `sctp_data_io_event`: not a notification, but [`SndRcvInfo`](crate::SndRcvInfo)
    /// with every message.
    pub data_io: bool,
    pub association: bool,
    pub address: bool,
    pub send_failure: bool,
    pub peer_error: bool,
    pub shutdown: bool,
    pub partial_delivery: bool,
    pub adaptation_layer: bool,
    pub authentication: bool,
    pub sender_dry: bool,
    pub stream_reset: bool,
    pub assoc_reset: bool,
    pub stream_change: bool,
    pub send_failure_event: bool,
}

named_option!(Events, SCTP_EVENTS);

impl ReadOption for Events {
    type Of = ();

    fn read(socket: &Socket, (): ()) -> io::Result<Self> {
        let raw = get(socket, Self::NAME, sctp_event_subscribe::new_zeroed())?;
        #[cfg_attr(not(target_os = "linux"), allow(unused_mut))]
        let mut events = Self {
            data_io: raw.sctp_data_io_event != 0,
            association: raw.sctp_association_event != 0,
            address: raw.sctp_address_event != 0,
            send_failure: raw.sctp_send_failure_event != 0,
            peer_error: raw.sctp_peer_error_event != 0,
            shutdown: raw.sctp_shutdown_event != 0,
            partial_delivery: raw.sctp_partial_delivery_event != 0,
            adaptation_layer: raw.sctp_adaptation_layer_event != 0,
            authentication: raw.sctp_authentication_event != 0,
            sender_dry: raw.sctp_sender_dry_event != 0,
            stream_reset: raw.sctp_stream_reset_event != 0,
            ..Self::default()
        };
        #[cfg(target_os = "linux")]
        {
            events.assoc_reset = raw.sctp_assoc_reset_event != 0;
            events.stream_change = raw.sctp_stream_change_event != 0;
            events.send_failure_event = raw.sctp_send_failure_event_event != 0;
        }
        Ok(events)
    }
}

impl WriteOption for Events {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        #[cfg(target_os = "freebsd")]
        if self.assoc_reset || self.stream_change || self.send_failure_event {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "SCTP_EVENTS has no such field here: use SCTP_EVENT",
            ));
        }
        let raw = sctp_event_subscribe {
            sctp_data_io_event: self.data_io.into(),
            sctp_association_event: self.association.into(),
            sctp_address_event: self.address.into(),
            sctp_send_failure_event: self.send_failure.into(),
            sctp_peer_error_event: self.peer_error.into(),
            sctp_shutdown_event: self.shutdown.into(),
            sctp_partial_delivery_event: self.partial_delivery.into(),
            sctp_adaptation_layer_event: self.adaptation_layer.into(),
            sctp_authentication_event: self.authentication.into(),
            sctp_sender_dry_event: self.sender_dry.into(),
            sctp_stream_reset_event: self.stream_reset.into(),
            #[cfg(target_os = "linux")]
            sctp_assoc_reset_event: self.assoc_reset.into(),
            #[cfg(target_os = "linux")]
            sctp_stream_change_event: self.stream_change.into(),
            #[cfg(target_os = "linux")]
            sctp_send_failure_event_event: self.send_failure_event.into(),
        };
        set(socket, Self::NAME, &raw)
    }
}
