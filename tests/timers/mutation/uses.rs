//! When a path counted as used, so that its HEARTBEATs waited (RFC 9260 section 8.3).

use std::net::IpAddr;
use std::time::Duration;

use recording::{AssociationName, Event, Recording, Time};
use wire::{Chunk, Tsn};

use super::ends::{Said, acknowledges};

/// A moment at which a path counted as used: the path `path`, or, without it, a path that no
/// packet shows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Use {
    pub(super) at: Time,
    path: Option<IpAddr>,
}

impl Use {
    pub(super) fn may_be_of(&self, path: IpAddr) -> bool {
        self.path.is_none_or(|it| it == path)
    }
}

/// The RTO of a path, and the moment from which on the path has it.
type Rto = (Time, IpAddr, Duration);

/// DATA of the observer that is not acknowledged.
struct Outstanding {
    tsn: Tsn,
    path: IpAddr,
    at: Time,
}

/// All uses of an association's paths until that moment, in order.
///
/// DATA uses the path that it goes to. DATA may wait to be sent again, because T3-rtx has
/// run out and the congestion window holds the retransmission back. Meanwhile, whatever
/// makes the kernel send is a use of the path that retransmissions go to, even if nothing
/// can be sent (net/sctp/outqueue.c, `sctp_outq_flush_rtx`). No packet shows which path
/// that is.
pub(super) fn uses(said: &[Said], released: &[Time], rtos: &[Rto], until: Time) -> Vec<Use> {
    let rto = |path: IpAddr, at: Time| {
        let of_path = rtos.iter().filter(|(_, address, _)| *address == path);
        let earlier = of_path.take_while(|(when, _, _)| *when <= at);
        earlier.last().map_or(Duration::ZERO, |(_, _, rto)| *rto)
    };
    let mut released = released.iter().copied().peekable();
    let (mut uses, mut outstanding) = (Vec::new(), Vec::<Outstanding>::new());
    let mut free = |outstanding: &[Outstanding], uses: &mut Vec<Use>, by: Time| {
        while let Some(at) = released.next_if(|at| *at <= by) {
            let waits = |data: &Outstanding| at >= data.at + rto(data.path, data.at);
            if outstanding.iter().any(waits) {
                uses.push(Use { at, path: None });
            }
        }
    };
    for it in said.iter().take_while(|it| it.at <= until) {
        free(&outstanding, &mut uses, it.at);
        for chunk in &it.chunks {
            match chunk {
                Chunk::Sack(sack) if !it.is_out => {
                    outstanding.retain(|data| !acknowledges(sack, data.tsn));
                }
                Chunk::Data(data) if it.is_out => {
                    let (tsn, path, at) = (data.tsn, it.destination, it.at);
                    outstanding.retain(|before| before.tsn != tsn);
                    outstanding.push(Outstanding { tsn, path, at });
                    uses.push(Use {
                        at,
                        path: Some(path),
                    });
                }
                _ => {}
            }
        }
    }
    free(&outstanding, &mut uses, until);
    uses
}

/// The RTO of each path, as the observer's kernel reported it.
pub(super) fn rtos(
    recording: &Recording,
    association: &AssociationName,
    observer: &str,
) -> Vec<Rto> {
    let observations = recording.observations.iter();
    let samples = observations.filter_map(|it| match &it.event {
        Event::Path {
            endpoint,
            association: of,
            sample,
        } if endpoint == observer && of == association => {
            let rto = Duration::from_millis(sample.rto_ms.into());
            Some((it.at, sample.address, rto))
        }
        _ => None,
    });
    samples.collect()
}
