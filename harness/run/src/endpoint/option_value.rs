//! Compares the values of socket options with those that a scenario expects.

use std::fmt::Debug;
use std::io;
use std::time::Duration;

use scenario::{EndpointName, NotificationKind, SocketOption};
use socket::option as opt;
use socket::{AssocId, Socket};

use super::super::step::StepError;
use super::Endpoint;
use super::call::error_name;
use super::option::{event_type, hmac, prinfo, request, scheduler};

impl Endpoint {
    /// Reads options of every association with a peer. Each must have the given value;
    /// where an error is wanted, the kernel must refuse each with this error.
    pub(crate) fn get(
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
                let read = read(&association.socket, association.id, option);
                let word = option.word();
                let shown = read.as_ref().map(|(_, shown)| shown.clone());
                self.note_call("getsockopt", word, shown);
                let complaint = match (&read, wanted) {
                    (Ok((true, _)), None) => continue,
                    (Ok((false, shown)), None) => format!("it is {shown}"),
                    (Ok(_), Some(wanted)) => format!("the call succeeded; {wanted} was expected"),
                    (Err(error), Some(wanted)) if error_name(error) == wanted => continue,
                    (Err(error), _) => format!("{}: {error}", error_name(error)),
                };
                return Err(StepError::new(format!("getsockopt {word}: {complaint}")));
            }
        }
        Ok(())
    }
}

/// Whether an option has the value that the scenario gives, and the value in words.
fn read(socket: &Socket, of: AssocId, option: &SocketOption) -> io::Result<(bool, String)> {
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
        SocketOption::EventsOn(kinds) => events(socket, of, kinds, true)?,
        SocketOption::EventsOff(kinds) => events(socket, of, kinds, false)?,
        // The check of the scenario refuses to read these: they have no value.
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

fn events(
    socket: &Socket,
    of: AssocId,
    kinds: &[NotificationKind],
    on: bool,
) -> io::Result<(bool, String)> {
    let read = kinds
        .iter()
        .map(|kind| socket.get::<opt::Event>((of, event_type(*kind))));
    let read: io::Result<Vec<bool>> = read.map(|it| Ok(it?.on)).collect();
    Ok(same(vec![on; kinds.len()], read?))
}
