//! ASCONF and RE-CONFIG: requests that are sent again until they are answered, each time as
//! an error of the path and of the association (RFC 5061 section 5.1, RFC 6525 section
//! 5.1.1).

use std::net::IpAddr;

use bounds::{Span, TimerKind, back_off};
use recording::{Direction, Time};
use wire::chunk::{Asconf, AsconfAck, ReConfig};
use wire::parameter::ReconfigResult;
use wire::{Chunk, Parameter};

use super::path::State;
use super::replay::{MOMENT, Replay, overdue};
use super::{Armed, Expiry};

/// A request that has not been answered.
pub(super) struct Request {
    /// The numbers of what was asked, without those that were answered.
    numbers: Vec<u32>,
    /// The path that it was sent on last, which its errors count for.
    path: IpAddr,
    /// Its timer: by the RTO of each path that may time it.
    pub(super) timers: Vec<Armed>,
}

impl Request {
    /// Whether a chunk asks for the same, or for some of it.
    fn is_in(&self, chunk: &Chunk) -> bool {
        match chunk {
            Chunk::Asconf(asconf) => self.numbers.contains(&asconf.sequence_number),
            Chunk::ReConfig(chunk) => {
                let mut asked = chunk.parameters.iter().filter_map(asked);
                asked.any(|number| self.numbers.contains(&number))
            }
            _ => false,
        }
    }
}

impl Replay<'_, '_> {
    /// An ASCONF was sent, for the first time or again.
    pub(super) fn asconf(&mut self, asconf: &Asconf, to: IpAddr, at: Time) {
        let numbers = vec![asconf.sequence_number];
        if let Some(before) = self.asconf.take() {
            self.requested_again(&before, &numbers, TimerKind::T4, at);
        }
        // T-4 RTO takes the RTO of the path that was chosen. From one that is not active
        // the ASCONF itself goes elsewhere (net/sctp/outqueue.c,
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

    /// A RE-CONFIG was sent, for the first time or again. One that only answers has no
    /// timer.
    pub(super) fn re_config(&mut self, chunk: &ReConfig, to: IpAddr, at: Time) {
        let numbers: Vec<u32> = chunk.parameters.iter().filter_map(asked).collect();
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

    /// By the RTO that was reported, or by that before another timer ran out, or an answer
    /// came, at the same moment, but later.
    pub(super) fn timers_of_path(&self, timer: TimerKind, path: IpAddr, at: Time) -> [Armed; 2] {
        let rtos = [self.rto_after(path, at), self.rto_so_far(path, at)];
        rtos.map(|rto| Armed {
            timer,
            at,
            rto,
            allowed: self.stack.expiry(rto),
        })
    }

    /// A request that is sent again has run into its timer.
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

    /// The RTO that a timer is made of that is set now. What is reported may be later: a
    /// request that ran out at the same moment, but after it, has doubled it again.
    pub(super) fn rto_now(&self, path: IpAddr, at: Time) -> Span {
        if !self.request_runs_out_next(path, at) {
            return self.rto_after(path, at);
        }
        self.rto_so_far(path, at)
    }

    /// The RTO that was reported before, doubled by the errors that were counted at this
    /// moment.
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

    /// Whether a request that was sent to that path last is sent again at this moment, and
    /// has yet to be: its timer and another run out in one tick of the kernel's clock, and
    /// what the kernel reports is how things are after both.
    pub(super) fn request_runs_out_next(&self, path: IpAddr, at: Time) -> bool {
        let requests = [&self.asconf, &self.re_config].into_iter().flatten();
        let mut requests =
            requests.filter(|it| it.path == path && it.timers.iter().all(|it| it.at < at));
        requests.any(|request| {
            let packets = self.timeline.packets_of(self.of.node, self.of.association);
            let mut now = packets.filter(|packet| {
                let captured = &packet.captured;
                captured.direction == Direction::Out
                    && captured.at >= at
                    && captured.at <= at + MOMENT
            });
            now.any(|packet| packet.sctp.chunks.iter().any(|chunk| request.is_in(chunk)))
        })
    }

    /// The peer answered an ASCONF. Linux clears no count by that, as RFC 5061 section 5.1,
    /// A5, has it (net/sctp/sm_statefuns.c, `sctp_sf_do_asconf_ack`).
    pub(super) fn asconf_ack(&mut self, ack: &AsconfAck, at: Time) {
        let is_it = |request: &mut Request| request.numbers.contains(&ack.sequence_number);
        if let Some(request) = self.asconf.take_if(is_it) {
            self.check_request(&request, at);
        }
    }

    /// The peer answered a RE-CONFIG, or asked something itself. What is in progress is
    /// asked again (RFC 6525 section 5.2.7, H2).
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
                // It does what was asked of it, and that is the answer.
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

    /// Notes it where a request should have been sent again before now.
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
        // In a shutdown these timers count nothing (net/sctp/sm_statetable.c).
        if self.closing || self.samples.is_shutting_down(now) || !are_overdue {
            return;
        }
        let last = request.timers.iter().max_by_key(|timer| timer.latest());
        if let Some(last) = last {
            self.wrong(request.path, last.latest(), overdue(last, request.path));
        }
    }
}

/// The number of a request.
fn asked(parameter: &Parameter) -> Option<u32> {
    match parameter {
        Parameter::OutgoingSsnResetRequest(it) => Some(it.request),
        Parameter::IncomingSsnResetRequest(it) => Some(it.request),
        Parameter::SsnTsnResetRequest(it) => Some(it.request),
        Parameter::AddOutgoingStreams(it) | Parameter::AddIncomingStreams(it) => Some(it.request),
        _ => None,
    }
}
