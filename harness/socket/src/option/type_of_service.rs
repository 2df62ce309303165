//! `IP_TOS` and `IPV6_TCLASS`: the code point of the packets.

use std::io;

use super::{OptionName, ReadOption, SocketOption, WriteOption};
use crate::Socket;

/// The byte of the IP header whose upper six bits are the code point (RFC 2474 section 3),
/// in the packets of all paths that have no code point of their own (`spp_dscp`, RFC 6458
/// section 8.1.12). It is the type of service of IPv4, and the traffic class of IPv6.
///
/// On a one-to-one socket, Linux keeps the two lower bits, which are of ECN, as they were
/// (net/ipv4/ip_sockglue.c, `__ip_sock_set_tos`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TypeOfService(pub u8);

impl SocketOption for TypeOfService {
    const NAME: OptionName = OptionName {
        name: "IP_TOS",
        linux: Some(1),
        freebsd: Some(3),
    };
}

impl ReadOption for TypeOfService {
    type Of = ();

    fn read(socket: &Socket, (): ()) -> io::Result<Self> {
        let socket = socket.socket2();
        let byte = match socket.local_addr()?.is_ipv6() {
            true => socket.tclass_v6()?,
            false => socket.tos_v4()?,
        };
        Ok(Self(u8::try_from(byte).unwrap_or_default()))
    }
}

impl WriteOption for TypeOfService {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        let socket = socket.socket2();
        if socket.local_addr()?.is_ipv6() {
            socket.set_tclass_v6(self.0.into())?;
        }
        // An IPv6 socket has paths to IPv4 addresses as well.
        socket.set_tos_v4(self.0.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_is_this_systems() {
        assert_eq!(TypeOfService::NAME.number().unwrap(), libc::IP_TOS);
    }
}
