//! What each socket option of a scenario is in the sockets API: how it is set, and how its
//! value is compared.

use std::fmt::Debug;
use std::io;
use std::time::Duration;

use scenario::{NotificationKind, SocketOption};
use socket::option as opt;
use socket::option::{Event, EventType};
use socket::{AssocId, Socket};

/// Sets an option for an association, or for future ones.
pub(super) fn apply(socket: &Socket, of: AssocId, option: &SocketOption) -> io::Result<()> {
    let assoc_id = of;
    let path = of.into();
    match option {
        SocketOption::RtoInfo(rto) => socket.set(&opt::RtoInfo {
            assoc_id,
            initial: rto.initial.unwrap_or_default(),
            min: rto.min.unwrap_or_default(),
            max: rto.max.unwrap_or_default(),
        }),
        SocketOption::NoDelay(on) => socket.set(&opt::NoDelay(*on)),
        SocketOption::ReceiveBuffer(bytes) => socket.set(&opt::ReceiveBuffer(
            usize::try_from(*bytes).unwrap_or(usize::MAX),
        )),
        SocketOption::SendBuffer(bytes) => socket.set(&opt::SendBuffer(
            usize::try_from(*bytes).unwrap_or(usize::MAX),
        )),
        SocketOption::Dscp(code_point) => socket.set(&opt::TypeOfService(code_point << 2)),
        SocketOption::Autoclose(time) => socket.set(&opt::Autoclose(*time)),
        SocketOption::AdaptationLayer(number) => socket.set(&opt::AdaptationLayer(*number)),
        SocketOption::DisableFragments(on) => socket.set(&opt::DisableFragments(*on)),
        SocketOption::MaxSeg(size) => socket.set(&opt::MaxSeg {
            assoc_id,
            size: (*size).into(),
        }),
        SocketOption::FragmentInterleave(level) => {
            socket.set(&opt::FragmentInterleave((*level).into()))
        }
        SocketOption::PartialDeliveryPoint(bytes) => socket.set(&opt::PartialDeliveryPoint(*bytes)),
        SocketOption::MaxBurst(packets) => socket.set(&opt::MaxBurst {
            assoc_id,
            packets: (*packets).into(),
        }),
        SocketOption::Context(context) => socket.set(&opt::Context {
            assoc_id,
            context: *context,
        }),
        SocketOption::RecvRcvInfo(on) => socket.set(&opt::RecvRcvInfo(*on)),
        SocketOption::RecvNxtInfo(on) => socket.set(&opt::RecvNxtInfo(*on)),
        SocketOption::DataIoEvent(on) => {
            let events: opt::Events = socket.get(())?;
            socket.set(&opt::Events {
                data_io: *on,
                ..events
            })
        }
        SocketOption::UseExtRcvInfo(on) => socket.set(&opt::UseExtRcvInfo(*on)),
        SocketOption::DefaultPrInfo(reliability) => socket.set(&opt::DefaultPrInfo {
            assoc_id,
            prinfo: prinfo(*reliability),
        }),
        SocketOption::AutoAsconf(on) => socket.set(&opt::AutoAsconf(*on)),
        SocketOption::AsconfSupported(on) => socket.set(&opt::AsconfSupported {
            assoc_id,
            supported: *on,
        }),
        SocketOption::AuthSupported(on) => socket.set(&opt::AuthSupported {
            assoc_id,
            supported: *on,
        }),
        SocketOption::EcnSupported(on) => socket.set(&opt::EcnSupported {
            assoc_id,
            supported: *on,
        }),
        SocketOption::PrSupported(on) => socket.set(&opt::PrSupported {
            assoc_id,
            supported: *on,
        }),
        SocketOption::ReconfigSupported(on) => socket.set(&opt::ReconfigSupported {
            assoc_id,
            supported: *on,
        }),
        SocketOption::InterleavingSupported(on) => socket.set(&opt::InterleavingSupported {
            assoc_id,
            supported: *on,
        }),
        SocketOption::HmacIdent(hmacs) => {
            socket.set(&opt::HmacIdent(hmacs.iter().copied().map(hmac).collect()))
        }
        SocketOption::AuthChunks(kinds) => kinds
            .iter()
            .try_for_each(|kind| socket.set(&opt::AuthChunk(kind.number()))),
        SocketOption::AuthKeys(keys) => keys.iter().try_for_each(|key| {
            socket.set(&opt::AuthKey {
                assoc_id,
                key_number: key.number,
                key: key.key.clone().into_bytes(),
            })
        }),
        SocketOption::AuthActiveKey(key_number) => socket.set(&opt::AuthActiveKey {
            assoc_id,
            key_number: *key_number,
        }),
        SocketOption::AuthDeactivateKey(key_number) => socket.set(&opt::AuthDeactivateKey {
            assoc_id,
            key_number: *key_number,
        }),
        SocketOption::AuthDeleteKey(key_number) => socket.set(&opt::AuthDeleteKey {
            assoc_id,
            key_number: *key_number,
        }),
        SocketOption::EnableStreamReset(requests) => socket.set(&opt::EnableStreamReset {
            assoc_id,
            requests: requests.iter().copied().map(request).collect(),
        }),
        SocketOption::ResetStreams(reset) => socket.set(&opt::ResetStreams {
            assoc_id,
            direction: match reset.direction {
                scenario::ResetDirection::Outgoing => opt::ResetDirection::OUTGOING,
                scenario::ResetDirection::Incoming => opt::ResetDirection::INCOMING,
            },
            streams: reset.streams.clone(),
        }),
        SocketOption::AddStreams(add) => socket.set(&opt::AddStreams {
            assoc_id,
            inbound: add.inbound,
            outbound: add.outbound,
        }),
        SocketOption::ResetAssoc(true) => socket.set(&opt::ResetAssoc(assoc_id)),
        SocketOption::ResetAssoc(false) => Ok(()),
        SocketOption::StreamScheduler(kind) => socket.set(&opt::StreamScheduler {
            assoc_id,
            scheduler: scheduler(*kind),
        }),
        SocketOption::StreamSchedulerValue(values) => values.iter().try_for_each(|it| {
            socket.set(&opt::StreamSchedulerValue {
                assoc_id,
                sid: it.stream,
                value: it.value,
            })
        }),
        SocketOption::RemoteUdpEncapsPort(port) => {
            socket.set(&opt::RemoteUdpEncapsPort { path, port: *port })
        }
        #[cfg(target_os = "linux")]
        SocketOption::PlpmtudProbeInterval(interval) => socket.set(&opt::PlpmtudProbeInterval {
            path,
            interval: *interval,
        }),
        #[cfg(not(target_os = "linux"))]
        SocketOption::PlpmtudProbeInterval(_) => {
            Err(io::Error::from_raw_os_error(nix::libc::ENOPROTOOPT))
        }
        SocketOption::EventsOn(kinds) => subscribe(socket, of, kinds, true),
        SocketOption::EventsOff(kinds) => subscribe(socket, of, kinds, false),
    }
}

fn subscribe(
    socket: &Socket,
    assoc_id: AssocId,
    kinds: &[NotificationKind],
    on: bool,
) -> io::Result<()> {
    kinds.iter().try_for_each(|kind| {
        socket.set(&Event {
            assoc_id,
            event: event_type(*kind)?,
            on,
        })
    })
}

/// The limit of partial reliability for a message, in the socket's terms.
pub(super) fn prinfo(reliability: scenario::Reliability) -> socket::PrInfo {
    match reliability {
        scenario::Reliability::Ttl(time) => {
            socket::PrInfo::Ttl(u32::try_from(time.as_millis()).unwrap_or(u32::MAX))
        }
        scenario::Reliability::Rtx(times) => socket::PrInfo::Rtx(times),
        scenario::Reliability::Prio(priority) => socket::PrInfo::Prio(priority),
    }
}

pub(super) fn hmac(hmac: scenario::Hmac) -> opt::HmacId {
    match hmac {
        scenario::Hmac::Sha1 => opt::HmacId::Sha1,
        scenario::Hmac::Sha256 => opt::HmacId::Sha256,
    }
}

pub(super) fn request(request: scenario::ResetRequest) -> opt::ResetRequests {
    match request {
        scenario::ResetRequest::Streams => opt::ResetRequests::STREAMS,
        scenario::ResetRequest::Association => opt::ResetRequests::ASSOCIATION,
        scenario::ResetRequest::AddStreams => opt::ResetRequests::ADD_STREAMS,
    }
}

pub(super) fn scheduler(scheduler: scenario::Scheduler) -> opt::Scheduler {
    match scheduler {
        scenario::Scheduler::FirstComeFirstServed => opt::Scheduler::Fcfs,
        scenario::Scheduler::RoundRobin => opt::Scheduler::Rr,
        scenario::Scheduler::RoundRobinPerPacket => opt::Scheduler::RrPkt,
        scenario::Scheduler::Priority => opt::Scheduler::Prio,
        scenario::Scheduler::FairCapacity => opt::Scheduler::Fc,
        scenario::Scheduler::WeightedFairQueueing => opt::Scheduler::Wfq,
    }
}

/// The type of event that has the notification's name.
pub(super) fn event_type(kind: NotificationKind) -> io::Result<EventType> {
    let mut all = EventType::ALL.into_iter();
    all.find(|it| it.name() == kind.constant())
        .ok_or_else(unreadable)
}

/// Whether an option has the value that the scenario gives, and the value in words.
pub(super) fn read(
    socket: &Socket,
    of: AssocId,
    option: &SocketOption,
) -> io::Result<(bool, String)> {
    Ok(match option {
        SocketOption::RtoInfo(rto) => {
            let is: opt::RtoInfo = socket.get(of)?;
            let kept = |wanted: Option<Duration>, is: Duration| wanted.is_none_or(|it| it == is);
            let is_it =
                kept(rto.initial, is.initial) && kept(rto.min, is.min) && kept(rto.max, is.max);
            (
                is_it,
                format!("{:?}, {:?} to {:?}", is.initial, is.min, is.max),
            )
        }
        SocketOption::NoDelay(on) => same(*on, socket.get::<opt::NoDelay>(())?.0),
        SocketOption::ReceiveBuffer(bytes) => same(
            u64::from(*bytes),
            socket.get::<opt::ReceiveBuffer>(())?.0 as u64,
        ),
        SocketOption::SendBuffer(bytes) => same(
            u64::from(*bytes),
            socket.get::<opt::SendBuffer>(())?.0 as u64,
        ),
        SocketOption::Dscp(code_point) => {
            same(*code_point, socket.get::<opt::TypeOfService>(())?.0 >> 2)
        }
        SocketOption::Autoclose(time) => same(*time, socket.get::<opt::Autoclose>(())?.0),
        SocketOption::AdaptationLayer(number) => {
            same(*number, socket.get::<opt::AdaptationLayer>(())?.0)
        }
        SocketOption::DisableFragments(on) => same(*on, socket.get::<opt::DisableFragments>(())?.0),
        SocketOption::MaxSeg(size) => same((*size).into(), socket.get::<opt::MaxSeg>(of)?.size),
        SocketOption::FragmentInterleave(level) => same(
            (*level).into(),
            socket.get::<opt::FragmentInterleave>(())?.0,
        ),
        SocketOption::PartialDeliveryPoint(bytes) => {
            same(*bytes, socket.get::<opt::PartialDeliveryPoint>(())?.0)
        }
        SocketOption::MaxBurst(packets) => {
            same((*packets).into(), socket.get::<opt::MaxBurst>(of)?.packets)
        }
        SocketOption::Context(context) => same(*context, socket.get::<opt::Context>(of)?.context),
        SocketOption::RecvRcvInfo(on) => same(*on, socket.get::<opt::RecvRcvInfo>(())?.0),
        SocketOption::RecvNxtInfo(on) => same(*on, socket.get::<opt::RecvNxtInfo>(())?.0),
        SocketOption::DataIoEvent(on) => same(*on, socket.get::<opt::Events>(())?.data_io),
        SocketOption::UseExtRcvInfo(on) => same(*on, socket.get::<opt::UseExtRcvInfo>(())?.0),
        SocketOption::DefaultPrInfo(reliability) => same(
            prinfo(*reliability),
            socket.get::<opt::DefaultPrInfo>(of)?.prinfo,
        ),
        SocketOption::AutoAsconf(on) => same(*on, socket.get::<opt::AutoAsconf>(())?.0),
        SocketOption::AsconfSupported(on) => {
            same(*on, socket.get::<opt::AsconfSupported>(of)?.supported)
        }
        SocketOption::AuthSupported(on) => {
            same(*on, socket.get::<opt::AuthSupported>(of)?.supported)
        }
        SocketOption::EcnSupported(on) => same(*on, socket.get::<opt::EcnSupported>(of)?.supported),
        SocketOption::PrSupported(on) => same(*on, socket.get::<opt::PrSupported>(of)?.supported),
        SocketOption::ReconfigSupported(on) => {
            same(*on, socket.get::<opt::ReconfigSupported>(of)?.supported)
        }
        SocketOption::InterleavingSupported(on) => {
            same(*on, socket.get::<opt::InterleavingSupported>(of)?.supported)
        }
        SocketOption::HmacIdent(hmacs) => same(
            hmacs.iter().copied().map(hmac).collect(),
            socket.get::<opt::HmacIdent>(())?.0,
        ),
        SocketOption::AuthActiveKey(number) => {
            same(*number, socket.get::<opt::AuthActiveKey>(of)?.key_number)
        }
        SocketOption::EnableStreamReset(requests) => same(
            requests.iter().copied().map(request).collect(),
            socket.get::<opt::EnableStreamReset>(of)?.requests,
        ),
        SocketOption::StreamScheduler(kind) => same(
            scheduler(*kind),
            socket.get::<opt::StreamScheduler>(of)?.scheduler,
        ),
        SocketOption::StreamSchedulerValue(values) => {
            let read = values
                .iter()
                .map(|it| socket.get::<opt::StreamSchedulerValue>((of, it.stream)));
            let read: io::Result<Vec<u16>> = read.map(|it| Ok(it?.value)).collect();
            same(values.iter().map(|it| it.value).collect(), read?)
        }
        SocketOption::RemoteUdpEncapsPort(port) => same(
            *port,
            socket.get::<opt::RemoteUdpEncapsPort>(of.into())?.port,
        ),
        #[cfg(target_os = "linux")]
        SocketOption::PlpmtudProbeInterval(interval) => same(
            *interval,
            socket.get::<opt::PlpmtudProbeInterval>(of.into())?.interval,
        ),
        #[cfg(not(target_os = "linux"))]
        SocketOption::PlpmtudProbeInterval(_) => return Err(unreadable()),
        SocketOption::EventsOn(kinds) => is_subscribed(socket, of, kinds, true)?,
        SocketOption::EventsOff(kinds) => is_subscribed(socket, of, kinds, false)?,
        // The check of the scenario refuses to read these options: they have no value.
        SocketOption::AuthChunks(_)
        | SocketOption::AuthKeys(_)
        | SocketOption::AuthDeactivateKey(_)
        | SocketOption::AuthDeleteKey(_)
        | SocketOption::ResetStreams(_)
        | SocketOption::AddStreams(_)
        | SocketOption::ResetAssoc(_) => return Err(unreadable()),
    })
}

fn same<T: PartialEq + Debug>(wanted: T, is: T) -> (bool, String) {
    (wanted == is, format!("{is:?}"))
}

fn unreadable() -> io::Error {
    io::Error::from_raw_os_error(nix::libc::ENOPROTOOPT)
}

fn is_subscribed(
    socket: &Socket,
    of: AssocId,
    kinds: &[NotificationKind],
    on: bool,
) -> io::Result<(bool, String)> {
    let read = kinds
        .iter()
        .map(|kind| socket.get::<opt::Event>((of, event_type(*kind)?)));
    let read: io::Result<Vec<bool>> = read.map(|it| Ok(it?.on)).collect();
    Ok(same(vec![on; kinds.len()], read?))
}
