//! `SCTP_PLPMTUD_PROBE_INTERVAL`: interval of path MTU probes.

#![cfg(target_os = "linux")]

use std::io;
use std::time::Duration;

use zerocopy::FromZeros;

use super::access::{get, named_option, set};
use super::time::{from_millis, to_millis};
use super::{Path, ReadOption, SocketOption, WriteOption};
use crate::Socket;
use crate::sys::address;
use crate::sys::sctp_probeinterval;

/// Interval between probes of packetization-layer path MTU discovery (RFC 8899 section
/// 5.1.1; Linux 5.14: `sctp_setsockopt_probe_interval`). Zero, the default, means no
/// probes. Linux only.
///
/// # Errors
/// `EINVAL` for less than 5 s, and for an unknown path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlpmtudProbeInterval {
    /// The path.
    pub path: Path,
    /// Interval in milliseconds.
    pub interval: Duration,
}

named_option!(PlpmtudProbeInterval, SCTP_PLPMTUD_PROBE_INTERVAL, linux only);

impl ReadOption for PlpmtudProbeInterval {
    type Of = Path;

    fn read(socket: &Socket, of: Path) -> io::Result<Self> {
        let raw = get(socket, Self::NAME, question(of))?;
        Ok(Self {
            path: of,
            interval: from_millis(raw.spi_interval),
        })
    }
}

impl WriteOption for PlpmtudProbeInterval {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        let raw = sctp_probeinterval {
            spi_interval: to_millis(self.interval)?,
            ..question(self.path)
        };
        set(socket, Self::NAME, &raw)
    }
}

fn question(path: Path) -> sctp_probeinterval {
    sctp_probeinterval {
        spi_assoc_id: path.assoc_id.to_raw(),
        spi_address: address::storage(path.address),
        ..sctp_probeinterval::new_zeroed()
    }
}
