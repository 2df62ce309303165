//! `SCTP_PEER_ADDR_THLDS`: thresholds of the potentially failed state.

use std::io;

use zerocopy::FromZeros;

use super::access::{get, named_option, set};
use super::{OptionName, Path, ReadOption, SocketOption, WriteOption};
use crate::sys::address;
use crate::{Socket, sys};

/// The thresholds of RFC 7829 (section 7.2), for a path, an association's paths, or
/// future associations (Linux: `sctp_setsockopt_paddr_thresholds`).
///
/// Linux takes the primary switchover threshold only by a second option,
/// `SCTP_PEER_ADDR_THLDS_V2` (kernel 5.5). This crate tries the second option first.
///
/// # Errors
/// On Linux, `EINVAL` if `potentially_failed` exceeds `primary_switchover`, and `ENOENT`
/// for an unknown path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeerAddrThresholds {
    /// The path.
    pub path: Path,
    /// Path.Max.Retrans: a path with more errors is inactive. On Linux, writing zero
    /// leaves it unchanged.
    pub path_max_retrans: u16,
    /// PotentiallyFailed.Max.Retrans: a path with more errors is potentially failed. On
    /// Linux, 65535 means never.
    pub potentially_failed: u16,
    /// Primary.Switchover.Max.Retrans: with more errors, another path becomes the
    /// primary. 65535, the default, means never; `None` means that the kernel does not
    /// support this threshold.
    pub primary_switchover: Option<u16>,
}

named_option!(PeerAddrThresholds, SCTP_PEER_ADDR_THLDS);

#[cfg(target_os = "linux")]
const WITH_SWITCHOVER: OptionName = OptionName {
    name: "SCTP_PEER_ADDR_THLDS_V2",
    linux: Some(sys::linux::SCTP_PEER_ADDR_THLDS_V2),
    freebsd: None,
};
#[cfg(target_os = "linux")]
type WithSwitchover = sys::sctp_paddrthlds_v2;

#[cfg(target_os = "freebsd")]
const WITH_SWITCHOVER: OptionName = PeerAddrThresholds::NAME;
#[cfg(target_os = "freebsd")]
type WithSwitchover = sys::sctp_paddrthlds;

impl ReadOption for PeerAddrThresholds {
    type Of = Path;

    fn read(socket: &Socket, of: Path) -> io::Result<Self> {
        match get(socket, WITH_SWITCHOVER, question(of)) {
            Err(error) if error.raw_os_error() == Some(libc::ENOPROTOOPT) => {
                without_switchover::read(socket, of)
            }
            Err(error) => Err(error),
            Ok(raw) => Ok(Self {
                path: of,
                path_max_retrans: raw.spt_pathmaxrxt,
                potentially_failed: raw.spt_pathpfthld,
                primary_switchover: Some(raw.spt_pathcpthld),
            }),
        }
    }
}

impl WriteOption for PeerAddrThresholds {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        let Some(spt_pathcpthld) = self.primary_switchover else {
            return without_switchover::write(socket, self);
        };
        let raw = WithSwitchover {
            spt_pathmaxrxt: self.path_max_retrans,
            spt_pathpfthld: self.potentially_failed,
            spt_pathcpthld,
            ..question(self.path)
        };
        set(socket, WITH_SWITCHOVER, &raw)
    }
}

fn question(path: Path) -> WithSwitchover {
    WithSwitchover {
        spt_assoc_id: path.assoc_id.to_raw(),
        spt_address: address::storage(path.address),
        ..WithSwitchover::new_zeroed()
    }
}

/// The first form of the option on Linux.
#[cfg(target_os = "linux")]
mod without_switchover {
    use super::*;
    use crate::sys::sctp_paddrthlds;

    pub(super) fn read(socket: &Socket, path: Path) -> io::Result<PeerAddrThresholds> {
        let raw = get(socket, PeerAddrThresholds::NAME, question(path))?;
        Ok(PeerAddrThresholds {
            path,
            path_max_retrans: raw.spt_pathmaxrxt,
            potentially_failed: raw.spt_pathpfthld,
            primary_switchover: None,
        })
    }

    pub(super) fn write(socket: &Socket, thresholds: &PeerAddrThresholds) -> io::Result<()> {
        let raw = sctp_paddrthlds {
            spt_pathmaxrxt: thresholds.path_max_retrans,
            spt_pathpfthld: thresholds.potentially_failed,
            ..question(thresholds.path)
        };
        set(socket, PeerAddrThresholds::NAME, &raw)
    }

    fn question(path: Path) -> sctp_paddrthlds {
        sctp_paddrthlds {
            spt_assoc_id: path.assoc_id.to_raw(),
            spt_address: address::storage(path.address),
            ..sctp_paddrthlds::new_zeroed()
        }
    }
}

/// FreeBSD has one form only, with all thresholds in it. To leave a threshold unchanged,
/// it must be read first.
#[cfg(target_os = "freebsd")]
mod without_switchover {
    use super::*;

    pub(super) fn read(_: &Socket, _: Path) -> io::Result<PeerAddrThresholds> {
        Err(io::Error::from_raw_os_error(libc::ENOPROTOOPT))
    }

    pub(super) fn write(socket: &Socket, thresholds: &PeerAddrThresholds) -> io::Result<()> {
        let now: PeerAddrThresholds = socket.get(thresholds.path)?;
        socket.set(&PeerAddrThresholds {
            primary_switchover: Some(now.primary_switchover.unwrap_or(u16::MAX)),
            ..*thresholds
        })
    }
}
