//! Structures and numbers of FreeBSD's kernel, 64 bit: `net/if.h`, `net/bpf.h`,
//! `net/route.h`, `netinet/in_var.h`, `netinet6/in6_var.h`, `sys/sockio.h`.
//!
//! The test `headers` compares each of them with the headers themselves.

/// Parameter of an ioctl(2) request: the direction of its argument.
const VOID: u64 = 0x2000_0000;
const OUT: u64 = 0x4000_0000;
const IN: u64 = 0x8000_0000;

/// `_IOC` of `sys/ioccom.h`.
const fn request(way: u64, group: u8, number: u64, length: usize) -> u64 {
    way | ((length as u64 & 0x1fff) << 16) | ((group as u64) << 8) | number
}

const fn write<T>(group: u8, number: u64) -> u64 {
    request(IN, group, number, size_of::<T>())
}

const fn read<T>(group: u8, number: u64) -> u64 {
    request(OUT, group, number, size_of::<T>())
}

const fn read_write<T>(group: u8, number: u64) -> u64 {
    request(IN | OUT, group, number, size_of::<T>())
}

pub(crate) const IFNAMSIZ: usize = 16;

/// `struct ifreq`. The request determines the member of its union.
#[repr(C, align(8))]
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ifreq {
    pub(crate) name: [u8; IFNAMSIZ],
    pub(crate) value: [u8; 16],
}

/// `struct sockaddr_in`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SockaddrIn {
    pub(crate) len: u8,
    pub(crate) family: u8,
    pub(crate) port: u16,
    pub(crate) addr: [u8; 4],
    pub(crate) zero: [u8; 8],
}

/// `struct sockaddr_in6`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SockaddrIn6 {
    pub(crate) len: u8,
    pub(crate) family: u8,
    pub(crate) port: u16,
    pub(crate) flowinfo: u32,
    pub(crate) addr: [u8; 16],
    pub(crate) scope_id: u32,
}

/// `struct sockaddr_dl`, with room for a hardware address and no name.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub(crate) struct SockaddrDl {
    pub(crate) len: u8,
    pub(crate) family: u8,
    pub(crate) index: u16,
    pub(crate) kind: u8,
    pub(crate) nlen: u8,
    pub(crate) alen: u8,
    pub(crate) slen: u8,
    pub(crate) data: [u8; 46],
}

/// `struct in_aliasreq`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub(crate) struct InAliasreq {
    pub(crate) name: [u8; IFNAMSIZ],
    pub(crate) addr: SockaddrIn,
    pub(crate) broadaddr: SockaddrIn,
    pub(crate) mask: SockaddrIn,
    pub(crate) vhid: i32,
}

/// `struct in6_aliasreq`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub(crate) struct In6Aliasreq {
    pub(crate) name: [u8; IFNAMSIZ],
    pub(crate) addr: SockaddrIn6,
    pub(crate) dstaddr: SockaddrIn6,
    pub(crate) prefixmask: SockaddrIn6,
    pub(crate) flags: i32,
    pub(crate) expire: i64,
    pub(crate) preferred: i64,
    pub(crate) vltime: u32,
    pub(crate) pltime: u32,
    pub(crate) vhid: i32,
    pub(crate) _end: i32,
}

/// `struct in6_ifreq`, whose union is as long as its longest member.
#[repr(C, align(8))]
#[derive(Clone, Copy, Debug)]
pub(crate) struct In6Ifreq {
    pub(crate) name: [u8; IFNAMSIZ],
    pub(crate) value: [u8; 272],
}

/// `struct rt_msghdr`, the metrics as they come.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RtMsghdr {
    pub(crate) msglen: u16,
    pub(crate) version: u8,
    pub(crate) kind: u8,
    pub(crate) index: u16,
    pub(crate) _spare1: u16,
    pub(crate) flags: i32,
    pub(crate) addrs: i32,
    pub(crate) pid: i32,
    pub(crate) seq: i32,
    pub(crate) errno: i32,
    pub(crate) fmask: i32,
    pub(crate) inits: u64,
    pub(crate) rmx: [u64; 14],
}

/// `struct bpf_xhdr`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub(crate) struct BpfXhdr {
    pub(crate) sec: i64,
    pub(crate) frac: u64,
    pub(crate) caplen: u32,
    pub(crate) datalen: u32,
    pub(crate) hdrlen: u16,
    pub(crate) _end: [u8; 6],
}

/// `struct bpf_stat`.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct BpfStat {
    pub(crate) recv: u32,
    pub(crate) drop: u32,
}

pub(crate) const AF_INET: u8 = 2;
pub(crate) const AF_LINK: u8 = 18;
pub(crate) const AF_INET6: u8 = 28;
pub(crate) const IFT_ETHER: u8 = 6;
pub(crate) const ND6_INFINITE_LIFETIME: u32 = 0xffff_ffff;

pub(crate) const IFF_UP: u16 = 0x1;
pub(crate) const IFF_NOARP: u16 = 0x80;

pub(crate) const RTM_VERSION: u8 = 5;
pub(crate) const RTM_ADD: u8 = 1;
pub(crate) const RTM_DELETE: u8 = 2;
pub(crate) const RTF_UP: i32 = 0x1;
pub(crate) const RTF_GATEWAY: i32 = 0x2;
pub(crate) const RTF_HOST: i32 = 0x4;
pub(crate) const RTF_LLDATA: i32 = 0x400;
pub(crate) const RTF_STATIC: i32 = 0x800;
pub(crate) const RTA_DST: i32 = 0x1;
pub(crate) const RTA_GATEWAY: i32 = 0x2;
pub(crate) const RTA_NETMASK: i32 = 0x4;

pub(crate) const BPF_D_IN: u32 = 0;
pub(crate) const BPF_T_NANOTIME_MONOTONIC: u32 = 0x0201;
pub(crate) const BPF_ALIGNMENT: usize = 8;

pub(crate) const SIOCSIFFLAGS: u64 = write::<Ifreq>(b'i', 16);
pub(crate) const SIOCGIFFLAGS: u64 = read_write::<Ifreq>(b'i', 17);
pub(crate) const SIOCDIFADDR: u64 = write::<Ifreq>(b'i', 25);
pub(crate) const SIOCDIFADDR_IN6: u64 = write::<In6Ifreq>(b'i', 25);
pub(crate) const SIOCAIFADDR_IN6: u64 = write::<In6Aliasreq>(b'i', 27);
pub(crate) const SIOCSIFCAP: u64 = write::<Ifreq>(b'i', 30);
pub(crate) const SIOCGIFINDEX: u64 = read_write::<Ifreq>(b'i', 32);
pub(crate) const SIOCSIFNAME: u64 = write::<Ifreq>(b'i', 40);
pub(crate) const SIOCAIFADDR: u64 = write::<InAliasreq>(b'i', 43);
pub(crate) const SIOCSIFMTU: u64 = write::<Ifreq>(b'i', 52);
pub(crate) const SIOCSIFLLADDR: u64 = write::<Ifreq>(b'i', 60);
pub(crate) const SIOCSIFVNET: u64 = read_write::<Ifreq>(b'i', 90);
pub(crate) const SIOCIFCREATE2: u64 = read_write::<Ifreq>(b'i', 124);

pub(crate) const BIOCGBLEN: u64 = read::<u32>(b'B', 102);
pub(crate) const BIOCSBLEN: u64 = read_write::<u32>(b'B', 102);
pub(crate) const BIOCFLUSH: u64 = request(VOID, b'B', 104, 0);
pub(crate) const BIOCSETIF: u64 = write::<Ifreq>(b'B', 108);
pub(crate) const BIOCGSTATS: u64 = read::<BpfStat>(b'B', 111);
pub(crate) const BIOCIMMEDIATE: u64 = write::<u32>(b'B', 112);
pub(crate) const BIOCSHDRCMPLT: u64 = write::<u32>(b'B', 117);
pub(crate) const BIOCSDIRECTION: u64 = write::<u32>(b'B', 119);
pub(crate) const BIOCSTSTAMP: u64 = write::<u32>(b'B', 132);
