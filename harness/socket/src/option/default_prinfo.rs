//! `SCTP_DEFAULT_PRINFO`: the default PR-SCTP policy.

use std::io;

use zerocopy::FromZeros;

use super::access::{get, named_option, set};
use super::{ReadOption, SocketOption, WriteOption};
use crate::sys::{sctp_default_prinfo, sctp_prinfo};
use crate::{AssocId, PrInfo, Socket};

/// The PR-SCTP policy of messages without one of their own (RFC 6458 section 8.1.32;
/// Linux: `sctp_setsockopt_default_prinfo`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DefaultPrInfo {
    /// The association.
    pub assoc_id: AssocId,
    /// The policy and its value.
    pub prinfo: PrInfo,
}

named_option!(DefaultPrInfo, SCTP_DEFAULT_PRINFO);

impl ReadOption for DefaultPrInfo {
    type Of = AssocId;

    fn read(socket: &Socket, of: AssocId) -> io::Result<Self> {
        let question = sctp_default_prinfo {
            pr_assoc_id: of.to_raw(),
            ..sctp_default_prinfo::new_zeroed()
        };
        let raw = get(socket, Self::NAME, question)?;
        let prinfo = PrInfo::from_raw(raw.pr_policy, raw.pr_value)
            .ok_or_else(|| io::Error::from(io::ErrorKind::InvalidData))?;
        Ok(Self {
            assoc_id: of,
            prinfo,
        })
    }
}

impl WriteOption for DefaultPrInfo {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        let sctp_prinfo {
            pr_policy,
            pr_value,
            ..
        } = self.prinfo.to_raw();
        let raw = sctp_default_prinfo {
            pr_assoc_id: self.assoc_id.to_raw(),
            pr_value,
            pr_policy,
            ..sctp_default_prinfo::new_zeroed()
        };
        set(socket, Self::NAME, &raw)
    }
}
