//! Routes and neighbours, by messages to a routing socket (route(4)).

use std::fs::File;
use std::io::{self, Write};
use std::net::IpAddr;
use std::os::fd::OwnedFd;

use ipnet::IpNet;

use super::abi::{
    AF_LINK, IFT_ETHER, RTA_DST, RTA_GATEWAY, RTA_NETMASK, RTF_GATEWAY, RTF_HOST, RTF_LLDATA,
    RTF_STATIC, RTF_UP, RTM_ADD, RTM_DELETE, RTM_VERSION, RtMsghdr, SockaddrDl,
};
use super::interface::{sockaddr_in, sockaddr_in6};
use crate::layout::Mac;

/// The routing table of the stack in which the socket was made.
#[derive(Debug)]
pub(super) struct Routes(File);

impl Routes {
    pub(super) fn of(socket: OwnedFd) -> Self {
        Self(socket.into())
    }

    pub(super) fn add(&self, to: IpNet, via: IpAddr) -> io::Result<()> {
        self.route(RTM_ADD, to, via)
    }

    pub(super) fn remove(&self, to: IpNet, via: IpAddr) -> io::Result<()> {
        self.route(RTM_DELETE, to, via)
    }

    fn route(&self, kind: u8, to: IpNet, via: IpAddr) -> io::Result<()> {
        let addresses = [
            address(to.network()),
            address(via),
            // A mask is an address of the same family.
            address(to.netmask()),
        ];
        self.tell(
            kind,
            RTF_UP | RTF_GATEWAY | RTF_STATIC,
            RTA_DST | RTA_GATEWAY | RTA_NETMASK,
            &addresses,
        )
    }

    /// Adds a permanent neighbour entry on the interface with this index.
    pub(super) fn add_neighbour(&self, index: u16, neighbour: IpAddr, mac: Mac) -> io::Result<()> {
        self.tell(
            RTM_ADD,
            RTF_HOST | RTF_STATIC | RTF_LLDATA,
            RTA_DST | RTA_GATEWAY,
            &[address(neighbour), hardware(index, mac)],
        )
    }

    /// Writes a message. The result of the write is the kernel's answer.
    fn tell(&self, kind: u8, flags: i32, which: i32, addresses: &[Vec<u8>]) -> io::Result<()> {
        let length = size_of::<RtMsghdr>() + addresses.iter().map(Vec::len).sum::<usize>();
        let header = RtMsghdr {
            msglen: u16::try_from(length).map_err(|_| io::ErrorKind::InvalidInput)?,
            version: RTM_VERSION,
            kind,
            flags,
            addrs: which,
            ..RtMsghdr::default()
        };
        let mut message = head(&header);
        for address in addresses {
            message.extend_from_slice(address);
        }
        (&self.0).write_all(&message)
    }
}

fn head(header: &RtMsghdr) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(size_of::<RtMsghdr>());
    bytes.extend_from_slice(&header.msglen.to_ne_bytes());
    bytes.extend_from_slice(&[header.version, header.kind]);
    bytes.extend_from_slice(&header.index.to_ne_bytes());
    bytes.extend_from_slice(&header._spare1.to_ne_bytes());
    for number in [
        header.flags,
        header.addrs,
        header.pid,
        header.seq,
        header.errno,
        header.fmask,
    ] {
        bytes.extend_from_slice(&number.to_ne_bytes());
    }
    for number in std::iter::once(header.inits).chain(header.rmx) {
        bytes.extend_from_slice(&number.to_ne_bytes());
    }
    bytes
}

/// An address in the form of a routing message: its length is a multiple of that of a
/// `long`.
fn address(address: IpAddr) -> Vec<u8> {
    let mut bytes = match address {
        IpAddr::V4(address) => {
            let address = sockaddr_in(address);
            let mut bytes = vec![address.len, address.family, 0, 0];
            bytes.extend_from_slice(&address.addr);
            bytes
        }
        IpAddr::V6(address) => {
            let address = sockaddr_in6(address);
            let mut bytes = vec![address.len, address.family, 0, 0, 0, 0, 0, 0];
            bytes.extend_from_slice(&address.addr);
            bytes
        }
    };
    let length = usize::from(bytes[0]).next_multiple_of(size_of::<libc::c_long>());
    bytes.resize(length, 0);
    bytes
}

fn hardware(index: u16, mac: Mac) -> Vec<u8> {
    const LENGTH: u8 = size_of::<SockaddrDl>() as u8;
    let alen = u8::try_from(mac.0.len()).unwrap_or_default();
    let mut bytes = vec![LENGTH, AF_LINK];
    bytes.extend_from_slice(&index.to_ne_bytes());
    bytes.extend_from_slice(&[IFT_ETHER, 0, alen, 0]);
    bytes.extend_from_slice(&mac.0);
    bytes.resize(
        usize::from(LENGTH).next_multiple_of(size_of::<libc::c_long>()),
        0,
    );
    bytes
}
