//! ASCONF and RE-CONFIG: requests that are sent again until they are answered. Each
//! retransmission counts as an error of the path and of the association (RFC 5061 section
//! 5.1, RFC 6525 section 5.1.1).

use std::net::IpAddr;

use bounds::{Span, TimerKind, back_off};
use recording::Time;
use wire::chunk::{Asconf, AsconfAck, ReConfig};
use wire::parameter::ReconfigResult;
use wire::{Chunk, Parameter};

use super::path::State;
use super::replay::{MOMENT, Replay, overdue};
use super::{Armed, Expiry};

/// An ASCONF or RE-CONFIG that has not been answered.
pub(super) struct Request {
    /// The sequence numbers of the requests that were not answered yet.
    numbers: Vec<u32>,
    /// The path on which the chunk was sent last, for which its errors count.
    path: IpAddr,
    /// The timer of the request: one for the RTO of each path that may have set it.
    pub(super) timers: Vec<Armed>,
}

impl Request {
    /// Whether a chunk repeats the request or a part of it.
    fn is_in(&self, chunk: &Chunk) -> bool {
        match chunk {
            Chunk::Asconf(asconf) => self.numbers.contains(&asconf.sequence_number),
            Chunk::ReConfig(chunk) => {
                let mut asked = chunk
                    .parameters
                    .iter()
                    .filter_map(Parameter::reconfiguration_request);
                asked.any(|number| self.numbers.contains(&number))
            }
            _ => false,
        }
    }
}

impl Replay<'_, '_> {
    /// Follows an ASCONF that was sent, for the first time or again.
    pub(super) fn asconf(&mut self, asconf: &Asconf, to: IpAddr, at: Time) {
        let numbers = vec![asconf.sequence_number];
        if let Some(before) = self.asconf.take() {
            self.requested_again(&before, &numbers, TimerKind::T4, at);
        }
        // T-4 RTO takes the RTO of the path that was chosen. If that path is not active,
        // the ASCONF itself goes to another (net/sctp/outqueue.c,
        // `sctp_outq_select_transport`).
        let others = self
            .paths
            .iter()
            .filter(|(address, path)| **address != to && path.state != State::Active);
        let others: Vec<IpAddr> = others.map(|(address, _)| *address).collect();
        let timers = [to].into_iter().chain(others);
        self.asconf = Some(Request {
            numbers,
            path: to,
            timers: timers
                .flat_map(|path| self.timers_of_path(TimerKind::T4, path, at))
                .collect(),
        });
    }

    /// Follows a RE-CONFIG that was sent, for the first time or again. A RE-CONFIG that
    /// only answers has no timer.
    pub(super) fn re_config(&mut self, chunk: &ReConfig, to: IpAddr, at: Time) {
        let numbers: Vec<u32> = chunk
            .parameters
            .iter()
            .filter_map(Parameter::reconfiguration_request)
            .collect();
        if numbers.is_empty() {
            return;
        }
        if let Some(before) = self.re_config.take() {
            self.requested_again(&before, &numbers, TimerKind::Reconfiguration, at);
        }
        self.re_config = Some(Request {
            numbers,
            path: to,
            timers: self
                .timers_of_path(TimerKind::Reconfiguration, to, at)
                .into(),
        });
    }

    /// The timer by the reported RTO, and by the RTO before a later event of the same
    /// moment changed it: another timer's expiry, or an answer.
    pub(super) fn timers_of_path(&self, timer: TimerKind, path: IpAddr, at: Time) -> [Armed; 2] {
        let rtos = [self.rto_after(path, at), self.rto_so_far(path, at)];
        rtos.map(|rto| Armed {
            timer,
            at,
            rto,
            allowed: self.stack.expiry(rto),
        })
    }

    /// Follows the retransmission of a request: its timer has run out.
    fn requested_again(&mut self, before: &Request, now: &[u32], kind: TimerKind, at: Time) {
        if !before.numbers.iter().any(|number| now.contains(number)) {
            return;
        }
        let due = before
            .timers
            .iter()
            .find(|timer| timer.is_due(at, self.handling));
        let timer = due.or(before.timers.first()).copied();
        let Some(path) = self.paths.get_mut(&before.path) else {
            return;
        };
        let state = path.state;
        if state != State::Inactive {
            path.errors = path.errors.saturating_add(1);
        }
        self.overall = self.overall.saturating_add(1);
        self.expired(before.path, timer, kind, true, at);
        self.after_an_error(before.path, state, at);
    }

    /// The RTO of a timer that is set now. The RTO that was reported may be a later one: the
    /// timer of a request that ran out after this one, at the same moment, has doubled it.
    pub(super) fn rto_now(&self, path: IpAddr, at: Time) -> Span {
        if !self.request_runs_out_next(path, at) {
            return self.rto_after(path, at);
        }
        self.rto_so_far(path, at)
    }

    /// The RTO that was reported before this moment, doubled by each error that was
    /// counted at this moment.
    pub(super) fn rto_so_far(&self, path: IpAddr, at: Time) -> Span {
        let timing = self.timing(path, at);
        let errors = self.errors_of_moment(path, at);
        errors.fold(self.rto_before(path, at), |rto, _| back_off(rto, &timing))
    }

    /// The errors of a path that were counted at this moment.
    pub(super) fn errors_of_moment(&self, path: IpAddr, at: Time) -> impl Iterator<Item = &Expiry> {
        let now = self.life.expiries.iter().rev();
        let now = now.take_while(move |it| it.at + MOMENT >= at);
        now.filter(move |it| it.path == path && it.errors.is_some())
    }

    /// Whether a request that was sent to that path last is going to be sent again at this
    /// moment. In that case the timer of the request and another timer run out in one tick
    /// of the kernel's clock, and the kernel reports the state after both.
    pub(super) fn request_runs_out_next(&self, path: IpAddr, at: Time) -> bool {
        let requests = [&self.asconf, &self.re_config].into_iter().flatten();
        let mut requests =
            requests.filter(|it| it.path == path && it.timers.iter().all(|it| it.at < at));
        requests.any(|request| {
            let mut now = self.sent_at(at);
            now.any(|packet| packet.sctp.chunks.iter().any(|chunk| request.is_in(chunk)))
        })
    }

    /// Follows an ASCONF ACK. Linux clears no error count by it, in contrast to RFC 5061
    /// section 5.1, A5 (net/sctp/sm_statefuns.c, `sctp_sf_do_asconf_ack`).
    pub(super) fn asconf_ack(&mut self, ack: &AsconfAck, at: Time) {
        let is_it = |request: &mut Request| request.numbers.contains(&ack.sequence_number);
        if let Some(request) = self.asconf.take_if(is_it) {
            self.check_request(&request, at);
        }
    }

    /// Follows a RE-CONFIG of the peer, which answers a request or makes one. A request
    /// that is in progress is sent again (RFC 6525 section 5.2.7, H2).
    pub(super) fn re_config_received(&mut self, chunk: &ReConfig, at: Time) {
        let Some(mut request) = self.re_config.take() else {
            return;
        };
        for parameter in &chunk.parameters {
            let answered = match parameter {
                Parameter::ReconfigurationResponse(it)
                    if it.result != ReconfigResult::IN_PROGRESS =>
                {
                    Some(it.response)
                }
                // The peer's reset of its outgoing streams is its answer to the request.
                Parameter::OutgoingSsnResetRequest(it) => Some(it.response),
                _ => None,
            };
            request.numbers.retain(|it| Some(*it) != answered);
            if matches!(parameter, Parameter::AddOutgoingStreams(_)) {
                request.numbers.clear();
            }
        }
        if request.numbers.is_empty() {
            self.check_request(&request, at);
        } else {
            self.re_config = Some(request);
        }
    }

    /// Records an error of the stack where a request had to be sent again before now.
    pub(super) fn check_requests(&mut self, now: Time) {
        for request in [self.asconf.take(), self.re_config.take()] {
            let Some(request) = request else { continue };
            self.life.requests.extend(&request.timers);
            self.check_request(&request, now);
        }
    }

    fn check_request(&mut self, request: &Request, now: Time) {
        let mut timers = request.timers.iter();
        let are_overdue = timers.all(|timer| timer.is_overdue(now, self.handling));
        // During a shutdown these timers count no errors (net/sctp/sm_statetable.c).
        if self.closing || self.samples.is_shutting_down(now) || !are_overdue {
            return;
        }
        let last = request.timers.iter().max_by_key(|timer| timer.latest());
        if let Some(last) = last {
            self.wrong(request.path, last.latest(), overdue(last, request.path));
        }
    }
}
