//! `SCTP_STREAM_SCHEDULER_VALUE`: a stream's priority or weight.

use std::io;

use super::access::{get, named_option, set};
use super::{ReadOption, SocketOption, WriteOption};
use crate::sys::sctp_stream_value;
use crate::{AssocId, Socket};

/// The value of a stream for the [scheduler](super::StreamScheduler): its priority, where
/// the smallest is sent first, or its weight (RFC 8260 section 4.3.3; Linux:
/// `sctp_setsockopt_scheduler_value`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StreamSchedulerValue {
    /// The association, which must exist.
    pub assoc_id: AssocId,
    /// The stream.
    pub sid: u16,
    /// Priority or weight of the stream.
    pub value: u16,
}

named_option!(StreamSchedulerValue, SCTP_STREAM_SCHEDULER_VALUE);

impl ReadOption for StreamSchedulerValue {
    /// The association and the stream.
    type Of = (AssocId, u16);

    fn read(socket: &Socket, (assoc_id, sid): Self::Of) -> io::Result<Self> {
        let question = sctp_stream_value {
            assoc_id: assoc_id.to_raw(),
            stream_id: sid,
            stream_value: 0,
        };
        let raw = get(socket, Self::NAME, question)?;
        Ok(Self {
            assoc_id,
            sid,
            value: raw.stream_value,
        })
    }
}

impl WriteOption for StreamSchedulerValue {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        let raw = sctp_stream_value {
            assoc_id: self.assoc_id.to_raw(),
            stream_id: self.sid,
            stream_value: self.value,
        };
        set(socket, Self::NAME, &raw)
    }
}
