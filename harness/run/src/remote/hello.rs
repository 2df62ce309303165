//! The first exchange with a stack on another host. The lab learns whether the stack
//! answers, what its INIT ACK offers, and how long its answers take.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::net::IpAddr;
use std::time::{Duration, Instant};

use bytes::Bytes;
use net::{Attended, Came, NoWayOut, Outside};
use scenario::Capability;
use wire::chunk::{Abort, CookieEcho, Data, Init, InitAck};
use wire::parameter::HmacId;
use wire::{
    Checksum, Chunk, ChunkType, Packet, Parameter, Ppid, Ssn, StreamId, Tsn, VerificationTag,
};

use super::{Elsewhere, Known};

/// The addresses of a stack on another host, and what the user says of the stack.
#[derive(Clone, Debug)]
pub struct Meeting {
    /// The stack's addresses; the first exchange goes to the first one. Never empty.
    pub remote: Vec<IpAddr>,
    /// The port that the stack listens on.
    pub port: u16,
    /// The addresses of this machine to send from. Where there are none, those that the
    /// routes to the stack choose.
    pub own: Vec<IpAddr>,
    /// The port to send from.
    pub own_port: u16,
    /// The name of the stack, where the user gives one.
    pub called: Option<String>,
    /// The options, timers and settings that the user vouches for, by the words of
    /// scenarios.
    pub granted: BTreeSet<String>,
}

/// Why there can be no run against a stack on another host.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NotMet {
    /// This machine cannot send packets to the stack.
    #[error(transparent)]
    NoWayOut(#[from] NoWayOut),
    /// The operating system refused something.
    #[error("the way to {to}: {source}")]
    Io {
        /// The address.
        to: IpAddr,
        /// The error of the system.
        source: std::io::Error,
    },
    /// The stack answers nothing at all.
    #[error("no answer from {to} to {} INITs from {from} to port {port}", INITS)]
    Silent {
        /// The address.
        to: IpAddr,
        /// The address of this machine.
        from: IpAddr,
        /// The port.
        port: u16,
    },
    /// Another address answers.
    #[error("{stranger} answers INITs to {to}: the stack may have both addresses")]
    Elsewhere {
        /// The address.
        to: IpAddr,
        /// The address that answers.
        stranger: IpAddr,
    },
    /// The stack answers INIT by ABORT.
    #[error("{to} answers INIT by ABORT: nothing listens there on port {port}")]
    Refused {
        /// The address.
        to: IpAddr,
        /// The port.
        port: u16,
    },
    /// The stack answers INIT, and leaves out the rest of the handshake.
    #[error("{to} answers INIT, and in {} s no {missing} came", PATIENCE.as_secs())]
    Unfinished {
        /// The address.
        to: IpAddr,
        /// What is missing.
        missing: &'static str,
    },
    /// The program behind the stack's socket sends messages by itself.
    #[error(
        "what listens on port {port} of {to} sends messages by itself: the cases hear each \
         packet, and would take that for the stack's fault"
    )]
    Talks {
        /// The address.
        to: IpAddr,
        /// The port.
        port: u16,
    },
}

impl NotMet {
    /// The remedy, where one is known.
    #[must_use]
    pub fn remedy(&self) -> Option<String> {
        let remedy = match self {
            Self::NoWayOut(NoWayOut::KernelSpeaks) => {
                "end what uses SCTP here and `sudo modprobe -r sctp`, or run the lab on a machine \
                 without it"
            }
            Self::NoWayOut(NoWayOut::NotAllowed) => {
                "run it as root, or: sudo setcap cap_net_raw+ep $(which sctp-lab)"
            }
            Self::NoWayOut(NoWayOut::NotOwn(_)) => {
                "`ip address` lists the addresses of this machine"
            }
            Self::Silent { .. } => {
                "the stack must listen there, and firewalls on the way let IP protocol 132 through"
            }
            Self::Elsewhere { stranger, .. } => {
                return Some(format!(
                    "have the stack speak from that address alone; or, if it is all one host, \
                     name the other, too: --also {stranger}"
                ));
            }
            Self::Refused { .. } => "name the port that it listens on: --against ADDRESS:PORT",
            Self::Talks { .. } => "have it listen with a program that reads and says nothing",
            _ => return None,
        };
        Some(remedy.to_owned())
    }
}

/// How many INITs are sent before the stack counts as silent.
const INITS: usize = 3;
/// How long a COOKIE ACK may take; an INIT ACK has half of that.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long the lab waits for a message that the program behind the socket sends by itself.
const QUIET: Duration = Duration::from_millis(300);
/// The time that a packet takes through this machine and the other, beyond the way.
const MARGIN: Duration = Duration::from_millis(50);

const OWN_TAG: u32 = 0x6865_6c6c;
const OWN_TSN: u32 = 1000;

impl Elsewhere {
    /// Opens the way to a stack for the first exchange: sets up an association, sends one
    /// short message, and aborts the association.
    ///
    /// # Errors
    /// What keeps packets from the stack, or which answer of the stack is missing.
    pub fn meet(meeting: Meeting) -> Result<Self, NotMet> {
        let own = match meeting.own.as_slice() {
            [] => by_routes(&meeting.remote)?,
            named => named.to_vec(),
        };
        let first = meeting.remote.first().copied();
        let to = first.unwrap_or(std::net::Ipv4Addr::UNSPECIFIED.into());
        let from = own.iter().find(|it| it.is_ipv4() == to.is_ipv4());
        let from = from.or(own.first()).copied().unwrap_or(to);
        let outside = Outside::open(&own, &meeting.remote)?;
        let failed = |source| NotMet::Io { to, source };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(failed)?;
        let (port, own_port) = (meeting.port, meeting.own_port);
        let hello = async {
            let hello = Hello {
                attended: outside.attend().map_err(failed)?,
                remote: &meeting.remote,
                from,
                to,
                ports: (own_port, port),
                stranger: Cell::new(None),
            };
            hello.speak().await
        };
        let heard = runtime.block_on(hello)?;
        let at = std::net::SocketAddr::new(to, port);
        Ok(Self {
            outside,
            known: Known {
                own,
                remote: meeting.remote,
                port,
                called: match meeting.called {
                    Some(called) => format!("{called} at {at}"),
                    None => format!("the stack at {at}"),
                },
                can: heard.can,
                granted: meeting.granted,
            },
            slack: heard.way * 2 + MARGIN,
        })
    }
}

/// The addresses from which this machine reaches the stack's addresses, each once.
fn by_routes(remote: &[IpAddr]) -> Result<Vec<IpAddr>, NoWayOut> {
    let mut own: Vec<IpAddr> = Vec::new();
    for it in remote {
        let source = Outside::source_to(*it)?;
        if !own.contains(&source) {
            own.push(source);
        }
    }
    Ok(own)
}

struct Hello<'a> {
    attended: Attended,
    remote: &'a [IpAddr],
    from: IpAddr,
    to: IpAddr,
    ports: (u16, u16),
    /// The address that has answered and is none of the stack's.
    stranger: Cell<Option<IpAddr>>,
}

/// What the first exchange has shown.
struct Learnt {
    can: BTreeSet<Capability>,
    /// The longest time that an answer took.
    way: Duration,
}

impl Hello<'_> {
    async fn speak(&self) -> Result<Learnt, NotMet> {
        let began = Instant::now();
        let ack = self.greet().await?;
        let mut way = began.elapsed();
        let tag = ack.initiate_tag;
        let answered = self.associate(&ack, &mut way).await;
        // The ABORT is sent whatever the answers were: no association may be left at the stack.
        let abort = Abort {
            tag_reflected: false,
            causes: Vec::new(),
        };
        self.say(tag, Chunk::Abort(abort))?;
        answered?;
        let can = capabilities(&ack);
        Ok(Learnt { can, way })
    }

    /// Sends INITs until an INIT ACK comes.
    async fn greet(&self) -> Result<InitAck, NotMet> {
        let (from, to, port) = (self.from, self.to, self.ports.1);
        for _ in 0..INITS {
            self.say(VerificationTag(0), Chunk::Init(init()))?;
            let answer = self.hear(PATIENCE / 2, |chunk| {
                matches!(chunk, Chunk::InitAck(_) | Chunk::Abort(_))
            });
            match answer.await? {
                Some(Chunk::InitAck(ack)) => return Ok(ack),
                Some(_) => return Err(NotMet::Refused { to, port }),
                None => {}
            }
        }
        Err(match self.stranger.get() {
            Some(stranger) => NotMet::Elsewhere { to, stranger },
            None => NotMet::Silent { to, from, port },
        })
    }

    /// Sets the association up, and sends a message that no program is to answer.
    async fn associate(&self, ack: &InitAck, way: &mut Duration) -> Result<(), NotMet> {
        let (to, port) = (self.to, self.ports.1);
        let cookie = ack.parameters.iter().find_map(|it| match it {
            Parameter::StateCookie(cookie) => Some(cookie.clone()),
            _ => None,
        });
        let missing = |missing| NotMet::Unfinished { to, missing };
        let cookie = cookie.ok_or_else(|| missing("cookie"))?;
        let began = Instant::now();
        let tag = ack.initiate_tag;
        self.say(tag, Chunk::CookieEcho(CookieEcho { cookie }))?;
        let is_ack = |chunk: &Chunk| chunk.kind() == ChunkType::CookieAck;
        let up = self.hear(PATIENCE, is_ack).await?;
        up.ok_or_else(|| missing("COOKIE ACK"))?;
        *way = (*way).max(began.elapsed());
        let data = Data {
            immediate: true,
            unordered: false,
            beginning: true,
            ending: true,
            tsn: Tsn(OWN_TSN),
            stream: StreamId(0),
            ssn: Ssn(0),
            ppid: Ppid(0),
            payload: Bytes::from_static(b"hello"),
        };
        self.say(tag, Chunk::Data(data))?;
        let speaks = |chunk: &Chunk| matches!(chunk, Chunk::Data(_) | Chunk::IData(_));
        match self.hear(QUIET, speaks).await? {
            Some(_) => Err(NotMet::Talks { to, port }),
            None => Ok(()),
        }
    }

    fn say(&self, tag: VerificationTag, chunk: Chunk) -> Result<(), NotMet> {
        let packet = Packet {
            source_port: self.ports.0,
            destination_port: self.ports.1,
            verification_tag: tag,
            checksum: Checksum::Good,
            chunks: vec![chunk],
        };
        let sent = self.attended.send(self.from, self.to, &packet.encode());
        sent.map_err(|source| NotMet::Io {
            to: self.to,
            source,
        })
    }

    /// The first chunk that `is_it` accepts; `None` where none comes in time.
    async fn hear(
        &self,
        within: Duration,
        is_it: impl Fn(&Chunk) -> bool,
    ) -> Result<Option<Chunk>, NotMet> {
        let chunk = async {
            loop {
                for Came { source, sctp, .. } in self.attended.next().await? {
                    let Ok(packet) = Packet::decode(&Bytes::from(sctp)) else {
                        continue;
                    };
                    let ports = (packet.destination_port, packet.source_port);
                    if ports != self.ports {
                        continue;
                    }
                    if !self.remote.contains(&source) {
                        self.stranger.set(Some(source));
                        continue;
                    }
                    let mut chunks = packet.chunks.into_iter();
                    if let Some(chunk) = chunks.find(|it| is_it(it)) {
                        return Ok(chunk);
                    }
                }
            }
        };
        let to = self.to;
        match tokio::time::timeout(within, chunk).await {
            Ok(chunk) => chunk.map(Some).map_err(|source| NotMet::Io { to, source }),
            Err(_) => Ok(None),
        }
    }
}

/// An INIT that offers every extension that cases need: a stack may name an extension only
/// to a peer that offers it.
fn init() -> Init {
    Init {
        initiate_tag: VerificationTag(OWN_TAG),
        a_rwnd: 1 << 16,
        outbound_streams: 10,
        inbound_streams: 10,
        initial_tsn: Tsn(OWN_TSN),
        parameters: vec![
            Parameter::ForwardTsnSupported(()),
            Parameter::SupportedExtensions(vec![
                ChunkType::Auth,
                ChunkType::Asconf,
                ChunkType::AsconfAck,
                ChunkType::ReConfig,
                ChunkType::ForwardTsn,
                ChunkType::IData,
                ChunkType::IForwardTsn,
            ]),
            Parameter::Random(Bytes::from_static(&[7; 32])),
            Parameter::ChunkList(vec![ChunkType::Asconf, ChunkType::AsconfAck]),
            Parameter::RequestedHmacAlgorithms(vec![HmacId::SHA1, HmacId::SHA256]),
        ],
    }
}

/// The capabilities that an INIT ACK names.
fn capabilities(ack: &InitAck) -> BTreeSet<Capability> {
    let mut can = BTreeSet::new();
    for parameter in &ack.parameters {
        match parameter {
            Parameter::ForwardTsnSupported(()) => {
                can.insert(Capability::PartialReliability);
            }
            Parameter::RequestedHmacAlgorithms(_) => {
                can.insert(Capability::Authentication);
            }
            Parameter::SupportedExtensions(kinds) => can.extend(kinds.iter().filter_map(of)),
            _ => {}
        }
    }
    can
}

/// The capability that a chunk type belongs to.
fn of(kind: &ChunkType) -> Option<Capability> {
    Some(match *kind {
        ChunkType::Asconf => Capability::AddressConfiguration,
        ChunkType::Auth => Capability::Authentication,
        ChunkType::ForwardTsn => Capability::PartialReliability,
        ChunkType::IData => Capability::Interleaving,
        ChunkType::ReConfig => Capability::StreamReconfiguration,
        _ => return None,
    })
}
