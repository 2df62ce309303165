//! `SCTP_DEFAULT_SNDINFO`: the default send attributes.

use std::io;

use zerocopy::FromZeros;

use super::access::{get, named_option, set};
use super::{ReadOption, SocketOption, WriteOption};
use crate::sys::sctp_sndinfo;
use crate::{AssocId, SndInfo, Socket};

/// The attributes of messages without attributes of their own (RFC 6458 section 8.1.31;
/// Linux: `sctp_setsockopt_default_sndinfo`). They matter to code that writes to the
/// descriptor by other means: a [`Message`](crate::Message) has its own attributes except
/// in [`Form::Defaults`](crate::Form::Defaults).
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
