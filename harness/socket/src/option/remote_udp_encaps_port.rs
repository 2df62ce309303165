//! `SCTP_REMOTE_UDP_ENCAPS_PORT`: SCTP inside UDP.

use std::io;

use zerocopy::FromZeros;

use super::access::{get, named_option, set};
use super::{Path, ReadOption, SocketOption, WriteOption};
use crate::Socket;
use crate::sys::address;
use crate::sys::sctp_udpencaps;

/// The UDP port of the peer to which UDP-encapsulated packets are sent (RFC 6951 section
/// 6.1; Linux 5.11: `sctp_setsockopt_encap_port`). 0, the default, means SCTP without
/// UDP. This side receives on `net.sctp.udp_port` on Linux,
/// `net.inet.sctp.udp_tunneling_port` on FreeBSD.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RemoteUdpEncapsPort {
    /// The path.
    pub path: Path,
    /// The port; 9899 is the registered one.
    pub port: u16,
}

named_option!(RemoteUdpEncapsPort, SCTP_REMOTE_UDP_ENCAPS_PORT);

impl ReadOption for RemoteUdpEncapsPort {
    type Of = Path;

    fn read(socket: &Socket, of: Path) -> io::Result<Self> {
        let raw = get(socket, Self::NAME, question(of))?;
        Ok(Self {
            path: of,
            port: u16::from_be_bytes(raw.sue_port),
        })
    }
}

impl WriteOption for RemoteUdpEncapsPort {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        let raw = sctp_udpencaps {
            sue_port: self.port.to_be_bytes(),
            ..question(self.path)
        };
        set(socket, Self::NAME, &raw)
    }
}

fn question(path: Path) -> sctp_udpencaps {
    sctp_udpencaps {
        sue_assoc_id: path.assoc_id.to_raw(),
        sue_address: address::storage(path.address),
        ..sctp_udpencaps::new_zeroed()
    }
}
