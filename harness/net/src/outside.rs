//! The machine's own network: sends SCTP packets to other hosts, and receives theirs.
//!
//! The packets go through raw sockets (raw(7)), one for each local address that is used.
//! The kernel makes the IP headers, so that no packet can have a forged source.
//! [`Attended::send`] refuses every destination that was not named.

use std::fs;
use std::io;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::os::fd::{AsRawFd, OwnedFd, RawFd};
use std::pin::Pin;
use std::task::Poll;

use nix::errno::Errno;
use nix::sys::socket::{
    AddressFamily, MsgFlags, SockFlag, SockProtocol, SockType, SockaddrStorage, bind, recvfrom,
    sendto, socket,
};
use tokio::io::unix::AsyncFd;

use crate::watch::{OwnsDescriptor, watch};

/// The longest IP packet.
const LONGEST: usize = 65_535;

/// Open raw sockets.
#[derive(Debug)]
pub struct Outside {
    ways: Vec<Way>,
    remote: Vec<IpAddr>,
}

/// A socket with a local address.
#[derive(Debug)]
struct Way {
    own: IpAddr,
    socket: Raw,
}

#[derive(Debug)]
struct Raw(OwnedFd);

impl AsRawFd for Raw {
    fn as_raw_fd(&self) -> RawFd {
        self.0.as_raw_fd()
    }
}

impl OwnsDescriptor for Raw {}

/// A received SCTP packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Came {
    /// Source address, which may be that of any host.
    pub source: IpAddr,
    /// Destination address: an address of this machine.
    pub destination: IpAddr,
    /// The packet from the common header on.
    pub sctp: Vec<u8>,
}

/// Reason why the machine's network cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NoWayOut {
    /// The kernel has SCTP, and would answer, too.
    #[error("this machine's kernel has SCTP: it would answer each packet by ABORT, beside the lab")]
    KernelSpeaks,
    /// Only root may open raw sockets.
    #[error("this process may not open raw sockets: it needs CAP_NET_RAW")]
    NotAllowed,
    /// The address does not belong to this machine.
    #[error("{0} is no address of this machine")]
    NotOwn(IpAddr),
    /// The routing table has no route.
    #[error("this machine has no route to {to}: {source}")]
    NoRoute {
        /// Destination without a route.
        to: IpAddr,
        /// The error of the kernel.
        source: io::Error,
    },
    /// The kernel refused another request.
    #[error("no raw socket on {own}: {source}")]
    Refused {
        /// The local address.
        own: IpAddr,
        /// The error of the kernel.
        source: io::Error,
    },
}

impl Outside {
    /// Opens a socket on each of the local addresses `own`, for packets to the hosts
    /// `remote` only.
    ///
    /// # Errors
    /// The obstacle. No packet is sent.
    pub fn open(own: &[IpAddr], remote: &[IpAddr]) -> Result<Self, NoWayOut> {
        // Opening an SCTP socket would load the module, so the list of protocols is read
        // instead.
        let known = fs::read_to_string("/proc/net/protocols").unwrap_or_default();
        if known.lines().any(|line| line.starts_with("SCTP ")) {
            return Err(NoWayOut::KernelSpeaks);
        }
        let ways = own.iter().map(|own| Way::open(*own));
        Ok(Self {
            ways: ways.collect::<Result<_, _>>()?,
            remote: remote.to_vec(),
        })
    }

    /// The local address that the routing table selects for this destination.
    pub fn source_to(remote: IpAddr) -> Result<IpAddr, NoWayOut> {
        // Connecting a UDP socket sends nothing, but looks up the route.
        let source = || {
            let any: IpAddr = match remote {
                IpAddr::V4(_) => std::net::Ipv4Addr::UNSPECIFIED.into(),
                IpAddr::V6(_) => std::net::Ipv6Addr::UNSPECIFIED.into(),
            };
            let socket = UdpSocket::bind((any, 0))?;
            socket.connect((remote, 9))?;
            socket.local_addr()
        };
        let found: io::Result<SocketAddr> = source();
        let no_route = |source| NoWayOut::NoRoute { to: remote, source };
        found.map(|it| it.ip()).map_err(no_route)
    }

    /// Registers the sockets with the runtime. Earlier packets are discarded.
    ///
    /// # Errors
    /// If the kernel refuses.
    pub fn attend(&self) -> io::Result<Attended> {
        let ways = self.ways.iter().map(|way| {
            let socket = Raw(way.socket.0.try_clone()?);
            take(way.own, &way.socket, &mut Vec::new())?;
            Ok((way.own, watch(socket)?))
        });
        Ok(Attended {
            ways: ways.collect::<io::Result<_>>()?,
            remote: self.remote.clone(),
        })
    }
}

impl Way {
    fn open(own: IpAddr) -> Result<Self, NoWayOut> {
        let family = match own {
            IpAddr::V4(_) => AddressFamily::Inet,
            IpAddr::V6(_) => AddressFamily::Inet6,
        };
        let flags = SockFlag::SOCK_NONBLOCK | SockFlag::SOCK_CLOEXEC;
        let refused = |error: Errno| match error {
            Errno::EPERM | Errno::EACCES => NoWayOut::NotAllowed,
            Errno::EADDRNOTAVAIL => NoWayOut::NotOwn(own),
            error => NoWayOut::Refused {
                own,
                source: error.into(),
            },
        };
        let raw = socket(family, SockType::Raw, flags, SockProtocol::Sctp).map_err(refused)?;
        let to = SockaddrStorage::from(SocketAddr::new(own, 0));
        bind(raw.as_raw_fd(), &to).map_err(refused)?;
        let socket = Raw(raw);
        Ok(Self { own, socket })
    }
}

/// Sockets that are registered with the runtime.
#[derive(Debug)]
pub struct Attended {
    ways: Vec<(IpAddr, AsyncFd<Raw>)>,
    remote: Vec<IpAddr>,
}

impl Attended {
    /// Waits for packets from any host, and returns all that have arrived.
    ///
    /// # Errors
    /// If the kernel refuses.
    pub async fn next(&self) -> io::Result<Vec<Came>> {
        loop {
            let mut all: Vec<_> = self
                .ways
                .iter()
                .map(|(_, it)| Box::pin(it.readable()))
                .collect();
            std::future::poll_fn(|context| {
                for ready in &mut all {
                    if let Poll::Ready(ready) = Pin::new(ready).poll(context) {
                        ready?.clear_ready();
                        return Poll::Ready(Ok::<_, io::Error>(()));
                    }
                }
                Poll::Pending
            })
            .await?;
            drop(all);
            let came = self.take()?;
            if !came.is_empty() {
                return Ok(came);
            }
        }
    }

    /// Returns the packets that have arrived, without waiting.
    pub fn take(&self) -> io::Result<Vec<Came>> {
        let mut came = Vec::new();
        for (own, socket) in &self.ways {
            take(*own, socket.get_ref(), &mut came)?;
        }
        Ok(came)
    }

    /// Sends an SCTP packet, which may be malformed.
    ///
    /// # Errors
    /// If `from` was not opened or `to` was not named, and if the kernel refuses.
    pub fn send(&self, from: IpAddr, to: IpAddr, sctp: &[u8]) -> io::Result<()> {
        let stranger = |it: IpAddr| {
            let words = format!("{it} is no address that the lab was told to speak with, or from");
            io::Error::new(io::ErrorKind::AddrNotAvailable, words)
        };
        let way = self.ways.iter().find(|(own, _)| *own == from);
        let (_, socket) = way.ok_or_else(|| stranger(from))?;
        if !self.remote.contains(&to) {
            return Err(stranger(to));
        }
        let to = SockaddrStorage::from(SocketAddr::new(to, 0));
        sendto(socket.as_raw_fd(), sctp, &to, MsgFlags::empty())?;
        Ok(())
    }
}

fn take(own: IpAddr, socket: &Raw, came: &mut Vec<Came>) -> io::Result<()> {
    let mut bytes = vec![0; LONGEST];
    loop {
        let (length, source) = match recvfrom::<SockaddrStorage>(socket.as_raw_fd(), &mut bytes) {
            Ok(received) => received,
            Err(Errno::EAGAIN) => return Ok(()),
            // A signal, or an ICMP error about an earlier packet, which the kernel may
            // report on every socket.
            Err(Errno::EINTR | Errno::EHOSTUNREACH | Errno::ENETUNREACH | Errno::ECONNREFUSED) => {
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        let source = source.and_then(|it| address_of(&it));
        let packet = &bytes[..length];
        // Raw sockets return an IPv4 packet with its header, and an IPv6 packet without
        // (raw(7)).
        let sctp = match own {
            IpAddr::V4(_) => packet.first().and_then(|first| {
                let header = usize::from(first & 0xf) * 4;
                packet.get(header..)
            }),
            IpAddr::V6(_) => Some(packet),
        };
        if let (Some(source), Some(sctp)) = (source, sctp) {
            came.push(Came {
                source,
                destination: own,
                sctp: sctp.to_vec(),
            });
        }
    }
}

fn address_of(it: &SockaddrStorage) -> Option<IpAddr> {
    let v4 = it.as_sockaddr_in().map(|it| it.ip().into());
    v4.or_else(|| it.as_sockaddr_in6().map(|it| it.ip().into()))
}
