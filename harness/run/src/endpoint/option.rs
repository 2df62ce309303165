//! Sets and reads the socket options of a scenario.

use std::io;

use scenario::{EndpointName, NotificationKind, SocketOption};
use socket::option as opt;
use socket::option::{Event, EventType};
use socket::{AssocId, Socket};

use super::super::step::StepError;
use super::Endpoint;
use super::call::error_name;

impl Endpoint {
    /// Sets options on every association with a peer. Where an error is wanted, the kernel
    /// must refuse each with this error.
    pub(crate) fn set(
        &self,
        peer: &EndpointName,
        options: &[SocketOption],
        wanted: Option<&str>,
    ) -> Result<(), StepError> {
        let associations = self.associations.borrow().with(peer);
        if associations.is_empty() {
            let name = &self.config.name;
            return Err(StepError::new(format!(
                "{name} has no association with {peer} any more"
            )));
        }
        for association in &associations {
            for option in options {
                let result = apply(&association.socket, association.id, option);
                self.note_call("setsockopt", option.word(), result.as_ref().map(|()| 0));
                let error = result.as_ref().err().map(error_name);
                if error.as_deref() != wanted {
                    let seen = error.unwrap_or_else(|| "no error".to_owned());
                    let word = option.word();
                    return Err(StepError::new(format!("setsockopt {word}: {seen}")));
                }
                if matches!(option, SocketOption::RtoInfo(_)) {
                    self.report_timers(&association.socket, association.id.into());
                }
            }
        }
        Ok(())
    }
}

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
        SocketOption::EventsOn(kinds) => events(socket, of, kinds, true),
        SocketOption::EventsOff(kinds) => events(socket, of, kinds, false),
    }
}

fn events(
    socket: &Socket,
    assoc_id: AssocId,
    kinds: &[NotificationKind],
    on: bool,
) -> io::Result<()> {
    let events = kinds.iter().map(|kind| event_type(*kind));
    events
        .map(|event: EventType| Event {
            assoc_id,
            event,
            on,
        })
        .try_for_each(|event| socket.set(&event))
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

pub(super) fn event_type(kind: NotificationKind) -> EventType {
    match kind {
        NotificationKind::AssocChange => EventType::AssocChange,
        NotificationKind::PeerAddrChange => EventType::PeerAddrChange,
        NotificationKind::RemoteError => EventType::RemoteError,
        NotificationKind::ShutdownEvent => EventType::ShutdownEvent,
        NotificationKind::PartialDeliveryEvent => EventType::PartialDeliveryEvent,
        NotificationKind::AdaptationIndication => EventType::AdaptationIndication,
        NotificationKind::AuthenticationEvent => EventType::AuthenticationEvent,
        NotificationKind::SenderDryEvent => EventType::SenderDryEvent,
        NotificationKind::StreamResetEvent => EventType::StreamResetEvent,
        NotificationKind::AssocResetEvent => EventType::AssocResetEvent,
        NotificationKind::StreamChangeEvent => EventType::StreamChangeEvent,
        NotificationKind::SendFailedEvent => EventType::SendFailedEvent,
        NotificationKind::SendFailed => EventType::SendFailed,
    }
}
