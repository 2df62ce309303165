//! The machine's own network: SCTP packets to one other host, and from there.
//!
//! The packets go through raw sockets (raw(7)), one for each address of this machine that
//! is spoken from. The kernel makes the IP headers, so that no packet can claim another
//! source, and [`Attended::send`] refuses every destination but those that were named.

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

/// Raw sockets that are open.
#[derive(Debug)]
pub struct Outside {
    ways: Vec<Way>,
    remote: Vec<IpAddr>,
}

/// A socket that speaks from one address.
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

/// An SCTP packet that came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Came {
    /// Who sent it: that may be a stranger.
    pub source: IpAddr,
    /// The address of this machine that it was sent to.
    pub destination: IpAddr,
    /// From the common header on.
    pub sctp: Vec<u8>,
}

/// Why there is no way out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NoWayOut {
    /// The kernel would answer, too.
    #[error("this machine's kernel has SCTP: it would answer each packet by ABORT, beside the lab")]
    KernelSpeaks,
    /// Raw sockets are for root.
    #[error("this process may not open raw sockets: it needs CAP_NET_RAW")]
    NotAllowed,
    /// Somebody else has the address, or nobody.
    #[error("{0} is no address of this machine")]
    NotOwn(IpAddr),
    /// The routing table has nothing.
    #[error("this machine has no route to {to}: {source}")]
    NoRoute {
        /// Where it does not lead.
        to: IpAddr,
        /// What the kernel said.
        source: io::Error,
    },
    /// The kernel refused something else.
    #[error("no raw socket on {own}: {source}")]
    Refused {
        /// The address that was to be spoken from.
        own: IpAddr,
        /// What the kernel said.
        source: io::Error,
    },
}

impl Outside {
    /// Opens a socket on each address of this machine's, to speak with these others alone.
    ///
    /// # Errors
    /// What is in the way. Nothing is sent here.
    pub fn open(own: &[IpAddr], remote: &[IpAddr]) -> Result<Self, NoWayOut> {
        // Asking for an SCTP socket would load the module.
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

    /// The address that this machine speaks from to another, by its routes.
    ///
    /// # Errors
    /// [`NoWayOut::NoRoute`].
    pub fn source_to(remote: IpAddr) -> Result<IpAddr, NoWayOut> {
        // To connect a UDP socket sends nothing, and asks the routing table.
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

    /// Has the runtime watch the sockets. Throws away what came before.
    ///
    /// # Errors
    /// Where the kernel refuses.
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

/// The sockets, while something waits for what comes.
#[derive(Debug)]
pub struct Attended {
    ways: Vec<(IpAddr, AsyncFd<Raw>)>,
    remote: Vec<IpAddr>,
}

impl Attended {
    /// Waits for packets, whoever sends them, and takes all that have come.
    ///
    /// # Errors
    /// Where the kernel refuses.
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

    /// Takes what has come, without waiting for it.
    ///
    /// # Errors
    /// As [`next`](Self::next).
    pub fn take(&self) -> io::Result<Vec<Came>> {
        let mut came = Vec::new();
        for (own, socket) in &self.ways {
            take(*own, socket.get_ref(), &mut came)?;
        }
        Ok(came)
    }

    /// Sends an SCTP packet, which need not be a well-formed one.
    ///
    /// # Errors
    /// Where `from` is no address that was opened, or `to` none that was named; and
    /// where the kernel refuses.
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
            // A signal; and what an earlier packet met on its way, which may come to all
            // that wait here.
            Err(Errno::EINTR | Errno::EHOSTUNREACH | Errno::ENETUNREACH | Errno::ECONNREFUSED) => {
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        let source = source.and_then(|it| address_of(&it));
        let packet = &bytes[..length];
        // Raw sockets give an IPv4 packet with its header, and IPv6 without (raw(7)).
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
