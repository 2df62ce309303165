//! `SCTP_PR_ASSOC_STATUS`, `SCTP_PR_STREAM_STATUS`: numbers of abandoned messages.

use std::io;

use zerocopy::FromZeros;

use super::access::{get, known, named_option};
use super::{OptionName, ReadOption, SocketOption};
use crate::named::named;
use crate::sys::sctp_prstatus;
use crate::{AssocId, Socket};

named! {
    /// The PR-SCTP policy of the messages to count.
    pub enum PrPolicy: u16 {
        /// Messages with a time to live.
        Ttl = SCTP_PR_SCTP_TTL,
        /// Messages with a limit of retransmissions.
        Rtx = SCTP_PR_SCTP_RTX,
        /// Messages with a priority.
        Prio = SCTP_PR_SCTP_PRIO,
        /// Messages with any of these policies.
        All = SCTP_PR_SCTP_ALL,
    }
}

/// Number of abandoned messages of an association (RFC 7496 section 4.4; Linux:
/// `sctp_getsockopt_pr_assocstatus`). For reading only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrAssocStatus {
    /// Messages that were abandoned before any part of them was sent.
    pub abandoned_unsent: u64,
    /// Messages that were abandoned after a part of them was sent.
    pub abandoned_sent: u64,
}

/// Number of abandoned messages of a stream (RFC 7496 section 4.3; Linux:
/// `sctp_getsockopt_pr_streamstatus`). For reading only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrStreamStatus {
    /// Messages that were abandoned before any part of them was sent.
    pub abandoned_unsent: u64,
    /// Messages that were abandoned after a part of them was sent.
    pub abandoned_sent: u64,
}

named_option!(PrAssocStatus, SCTP_PR_ASSOC_STATUS);
named_option!(PrStreamStatus, SCTP_PR_STREAM_STATUS);

impl ReadOption for PrAssocStatus {
    type Of = (AssocId, PrPolicy);

    fn read(socket: &Socket, (assoc_id, policy): Self::Of) -> io::Result<Self> {
        let raw = read(socket, Self::NAME, (assoc_id, 0, policy))?;
        Ok(Self {
            abandoned_unsent: raw.sprstat_abandoned_unsent,
            abandoned_sent: raw.sprstat_abandoned_sent,
        })
    }
}

impl ReadOption for PrStreamStatus {
    /// The association, the stream and the policy.
    type Of = (AssocId, u16, PrPolicy);

    fn read(socket: &Socket, of: Self::Of) -> io::Result<Self> {
        let raw = read(socket, Self::NAME, of)?;
        Ok(Self {
            abandoned_unsent: raw.sprstat_abandoned_unsent,
            abandoned_sent: raw.sprstat_abandoned_sent,
        })
    }
}

fn read(
    socket: &Socket,
    name: OptionName,
    (assoc_id, sid, policy): (AssocId, u16, PrPolicy),
) -> io::Result<sctp_prstatus> {
    let question = sctp_prstatus {
        sprstat_assoc_id: assoc_id.to_raw(),
        sprstat_sid: sid,
        sprstat_policy: known(policy.to_raw())?,
        ..sctp_prstatus::new_zeroed()
    };
    get(socket, name, question)
}
