//! `IPV6_V6ONLY`: IPv6 sockets without IPv4.

use std::io;

use super::access::named_option;
use super::{ReadOption, WriteOption};
use crate::Socket;

/// An IPv6 socket neither binds nor announces IPv4 addresses (RFC 3493 section 5.3). Set
/// it before binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ipv6Only(pub bool);

named_option!(Ipv6Only, IPV6_V6ONLY);

impl ReadOption for Ipv6Only {
    type Of = ();

    fn read(socket: &Socket, (): ()) -> io::Result<Self> {
        socket.socket2().only_v6().map(Self)
    }
}

impl WriteOption for Ipv6Only {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        socket.socket2().set_only_v6(self.0)
    }
}
