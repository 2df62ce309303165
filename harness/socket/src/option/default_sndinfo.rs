//! `SCTP_DEFAULT_SNDINFO`: the attributes of messages that come without.

use std::io;

use zerocopy::FromZeros;

use super::access::{get, named_option, set};
use super::{ReadOption, SocketOption, WriteOption};
use crate::sys::sctp_sndinfo;
use crate::{AssocId, SndInfo, Socket};

/// The attributes of messages that come without (RFC 6458 section 8.1.31;
/// Linux: `sctp_setsockopt_default_sndinfo`), for those who write to the
/// descriptor by other means: a [`Message`](crate::Message) always has its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DefaultSndInfo(pub SndInfo);

named_option!(DefaultSndInfo, SCTP_DEFAULT_SNDINFO);

impl ReadOption for DefaultSndInfo {
    type Of = AssocId;

    fn read(socket: &Socket, of: AssocId) -> io::Result<Self> {
        let question = sctp_sndinfo {
            snd_assoc_id: of.to_raw(),
            ..sctp_sndinfo::new_zeroed()
        };
        get(socket, Self::NAME, question).map(|raw| Self(SndInfo::from_raw(raw)))
    }
}

impl WriteOption for DefaultSndInfo {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        set(socket, Self::NAME, &self.0.to_raw())
    }
}
