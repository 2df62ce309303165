//! `SCTP_DEFAULT_SEND_PARAM`: the default send attributes in their old form.

use std::io;

use zerocopy::FromZeros;

use super::access::{get, named_option, set};
use super::{ReadOption, SocketOption, WriteOption};
use crate::sys::sctp_sndrcvinfo;
use crate::{AssocId, SndRcvInfo, Socket};

/// The attributes of messages without attributes of their own, in the old form (RFC 6458
/// section 8.1.13, deprecated there; Linux: `sctp_setsockopt_default_send_param`). See
/// [`DefaultSndInfo`](super::DefaultSndInfo).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DefaultSendParam(pub SndRcvInfo);

named_option!(DefaultSendParam, SCTP_DEFAULT_SEND_PARAM);

impl ReadOption for DefaultSendParam {
    type Of = AssocId;

    fn read(socket: &Socket, of: AssocId) -> io::Result<Self> {
        let question = sctp_sndrcvinfo {
            sinfo_assoc_id: of.to_raw(),
            ..sctp_sndrcvinfo::new_zeroed()
        };
        get(socket, Self::NAME, question).map(|raw| Self(SndRcvInfo::from_raw(raw)))
    }
}

impl WriteOption for DefaultSendParam {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        set(socket, Self::NAME, &self.0.to_raw())
    }
}
