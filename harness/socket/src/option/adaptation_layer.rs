//! `SCTP_ADAPTATION_LAYER`: the adaptation layer that the peer is told.

use std::io;

use super::access::{get, named_option, set};
use super::{ReadOption, SocketOption, WriteOption};
use crate::Socket;
use crate::sys::sctp_setadaptation;

/// The adaptation layer indication of INIT and INIT ACK (RFC 5061 section 4.2.6, RFC 6458
/// section 8.1.10; Linux: `sctp_setsockopt_adaptation_layer`). The peer gets it as
/// `SCTP_ADAPTATION_INDICATION`. Applies to future associations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AdaptationLayer(pub u32);

named_option!(AdaptationLayer, SCTP_ADAPTATION_LAYER);

impl ReadOption for AdaptationLayer {
    type Of = ();

    fn read(socket: &Socket, (): ()) -> io::Result<Self> {
        let question = sctp_setadaptation {
            ssb_adaptation_ind: 0,
        };
        get(socket, Self::NAME, question).map(|raw| Self(raw.ssb_adaptation_ind))
    }
}

impl WriteOption for AdaptationLayer {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        let raw = sctp_setadaptation {
            ssb_adaptation_ind: self.0,
        };
        set(socket, Self::NAME, &raw)
    }
}
