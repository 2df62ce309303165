//! Interfaces and their addresses.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::os::fd::BorrowedFd;

use ipnet::IpNet;

use super::abi::{
    AF_INET, AF_INET6, AF_LINK, IFF_NOARP, IFF_UP, In6Aliasreq, In6Ifreq, InAliasreq,
    ND6_INFINITE_LIFETIME, SIOCAIFADDR, SIOCAIFADDR_IN6, SIOCDIFADDR, SIOCDIFADDR_IN6,
    SIOCGIFFLAGS, SIOCGIFINDEX, SIOCIFCREATE2, SIOCSIFCAP, SIOCSIFFLAGS, SIOCSIFLLADDR, SIOCSIFMTU,
    SIOCSIFNAME, SIOCSIFVNET, SockaddrIn, SockaddrIn6,
};
use super::ioctl::{ifreq, ioctl, name};
use crate::layout::Mac;

/// An interface of the stack in which `control`, any socket, was made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Interface<'a> {
    pub(super) control: BorrowedFd<'a>,
    pub(super) name: &'a str,
}

/// Makes an epair(4) and returns the names of its ends.
pub(super) fn make_pair(control: BorrowedFd<'_>) -> io::Result<[String; 2]> {
    let mut request = ifreq("epair", &[]);
    ioctl(control, SIOCIFCREATE2, &mut request)?;
    let length = request.name.iter().take_while(|byte| **byte != 0).count();
    let one = String::from_utf8_lossy(&request.name[..length]).into_owned();
    // The kernel returns `epairNa`; the other end is `epairNb`.
    let pair = one.strip_suffix('a').unwrap_or(&one);
    let other = format!("{pair}b");
    Ok([one, other])
}

impl Interface<'_> {
    /// Moves the interface into a jail, where it keeps its name.
    pub(super) fn move_to(self, jail: i32) -> io::Result<()> {
        self.request(SIOCSIFVNET, &jail.to_ne_bytes())
    }

    /// Renames the interface. The request has a pointer to the new name, which ends with
    /// a zero.
    pub(super) fn rename(self, to: &str) -> io::Result<()> {
        let to = name(to);
        self.request(SIOCSIFNAME, &(to.as_ptr() as usize).to_ne_bytes())
    }

    /// Switches ARP and checksum offloading off.
    pub(super) fn set_plain(self) -> io::Result<()> {
        self.request(SIOCSIFCAP, &[0; 4])?;
        self.change_flags(|flags| flags | IFF_NOARP)
    }

    pub(super) fn set_mac(self, mac: Mac) -> io::Result<()> {
        let length = u8::try_from(mac.0.len()).unwrap_or_default();
        let mut address = [0; 8];
        address[0] = length;
        address[1] = AF_LINK;
        address[2..].copy_from_slice(&mac.0);
        self.request(SIOCSIFLLADDR, &address)
    }

    pub(super) fn set_mtu(self, mtu: u32) -> io::Result<()> {
        self.request(SIOCSIFMTU, &mtu.to_ne_bytes())
    }

    pub(super) fn set_up(self, up: bool) -> io::Result<()> {
        self.change_flags(|flags| if up { flags | IFF_UP } else { flags & !IFF_UP })
    }

    pub(super) fn index(self) -> io::Result<u16> {
        let mut request = ifreq(self.name, &[]);
        ioctl(self.control, SIOCGIFINDEX, &mut request)?;
        Ok(u16::from_ne_bytes([request.value[0], request.value[1]]))
    }

    pub(super) fn add_address(self, address: IpNet) -> io::Result<()> {
        let own = name(self.name);
        match address {
            IpNet::V4(net) => {
                let mut request = InAliasreq {
                    name: own,
                    addr: sockaddr_in(net.addr()),
                    broadaddr: sockaddr_in(net.broadcast()),
                    mask: sockaddr_in(net.netmask()),
                    vhid: 0,
                };
                ioctl(self.control, SIOCAIFADDR, &mut request)
            }
            IpNet::V6(net) => {
                let mut request = In6Aliasreq {
                    name: own,
                    addr: sockaddr_in6(net.addr()),
                    dstaddr: SockaddrIn6::default(),
                    prefixmask: sockaddr_in6(net.netmask()),
                    flags: 0,
                    expire: 0,
                    preferred: 0,
                    vltime: ND6_INFINITE_LIFETIME,
                    pltime: ND6_INFINITE_LIFETIME,
                    vhid: 0,
                    _end: 0,
                };
                ioctl(self.control, SIOCAIFADDR_IN6, &mut request)
            }
        }
    }

    pub(super) fn remove_address(self, address: IpAddr) -> io::Result<()> {
        match address {
            IpAddr::V4(address) => {
                let own = sockaddr_in(address);
                let mut value = [0; 16];
                value[0] = own.len;
                value[1] = own.family;
                value[4..8].copy_from_slice(&own.addr);
                self.request(SIOCDIFADDR, &value)
            }
            IpAddr::V6(address) => {
                let own = sockaddr_in6(address);
                let mut request = In6Ifreq {
                    name: name(self.name),
                    value: [0; 272],
                };
                request.value[0] = own.len;
                request.value[1] = own.family;
                request.value[8..24].copy_from_slice(&own.addr);
                ioctl(self.control, SIOCDIFADDR_IN6, &mut request)
            }
        }
    }

    fn change_flags(self, change: impl FnOnce(u16) -> u16) -> io::Result<()> {
        let mut request = ifreq(self.name, &[]);
        ioctl(self.control, SIOCGIFFLAGS, &mut request)?;
        let flags = u16::from_ne_bytes([request.value[0], request.value[1]]);
        request.value[..2].copy_from_slice(&change(flags).to_ne_bytes());
        ioctl(self.control, SIOCSIFFLAGS, &mut request)
    }

    fn request(self, request: u64, value: &[u8]) -> io::Result<()> {
        ioctl(self.control, request, &mut ifreq(self.name, value))
    }
}

pub(super) fn sockaddr_in(address: Ipv4Addr) -> SockaddrIn {
    SockaddrIn {
        len: 16,
        family: AF_INET,
        addr: address.octets(),
        ..SockaddrIn::default()
    }
}

pub(super) fn sockaddr_in6(address: Ipv6Addr) -> SockaddrIn6 {
    SockaddrIn6 {
        len: 28,
        family: AF_INET6,
        addr: address.octets(),
        ..SockaddrIn6::default()
    }
}
