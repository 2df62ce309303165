//! `SCTP_INITMSG`: parameters of INIT.

use std::io;
use std::time::Duration;

use zerocopy::FromZeros;

use super::access::{get, named_option, set};
use super::{ReadOption, SocketOption, WriteOption};
use crate::Socket;
use crate::sys::sctp_initmsg;

/// Numbers of streams and attempts of future associations (RFC 6458 section 8.1.3; Linux:
/// `sctp_setsockopt_initmsg`), also the ancillary `SCTP_INIT` of a
/// [`Message`](crate::Message) (section 5.3.1).
///
/// Writing zero leaves a value unchanged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InitMsg {
    /// Number of outbound streams.
    pub num_ostreams: u16,
    /// Greatest number of inbound streams.
    pub max_instreams: u16,
    /// Max.Init.Retransmits.
    pub max_attempts: u16,
    /// Greatest timeout between attempts, in milliseconds. A longer time than 65.535 s is
    /// written as 65.535 s.
    pub max_init_timeo: Duration,
}

named_option!(InitMsg, SCTP_INITMSG);

impl InitMsg {
    pub(crate) fn to_raw(self) -> sctp_initmsg {
        sctp_initmsg {
            sinit_num_ostreams: self.num_ostreams,
            sinit_max_instreams: self.max_instreams,
            sinit_max_attempts: self.max_attempts,
            sinit_max_init_timeo: u16::try_from(self.max_init_timeo.as_nanos().div_ceil(1_000_000))
                .unwrap_or(u16::MAX),
        }
    }
}

impl ReadOption for InitMsg {
    type Of = ();

    fn read(socket: &Socket, (): ()) -> io::Result<Self> {
        let raw = get(socket, Self::NAME, sctp_initmsg::new_zeroed())?;
        Ok(Self {
            num_ostreams: raw.sinit_num_ostreams,
            max_instreams: raw.sinit_max_instreams,
            max_attempts: raw.sinit_max_attempts,
            max_init_timeo: Duration::from_millis(raw.sinit_max_init_timeo.into()),
        })
    }
}

impl WriteOption for InitMsg {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        set(socket, Self::NAME, &self.to_raw())
    }
}
