use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

use bounds::{Interval, Span, Stack, TimerKind, Timing};
use recording::{Direction, Time};
use wire::chunk::Sack;
use wire::{Chunk, Tsn};

use super::outstanding::{Outstanding, Place};
use super::path::{Path, State, handling};
use super::samples::Samples;
use super::signs::{Asked, demands, is_mtu_probe, is_near};
use super::{Armed, AtTheEnd, Expiry, Life, Of, Reset, Wrong};
use crate::timeline::{SctpPacket, Timeline};

/// What answers a packet leaves so soon after it.
const AT_ONCE: Duration = Duration::from_millis(5);

pub(super) fn replay(of: &Of<'_>, timeline: &Timeline<'_>, stack: &Stack, until: Time) -> Life {
    let samples = Samples::of(of, timeline);
    let mut addresses: Vec<IpAddr> = samples.addresses().collect();
    addresses.sort_unstable();
    addresses.dedup();
    let paths = addresses.into_iter().map(|address| {
        let state = samples.before(address, Time::ZERO);
        let state = state.map_or(State::Active, |sample| State::of(&sample.state));
        (address, Path::new(state))
    });
    let mut replay = Replay {
        of,
        timeline,
        stack,
        paths: paths.collect(),
        samples,
        demands: demands(of, timeline),
        handling: handling(timeline.recording.info.engine),
        asked: Asked::default(),
        outstanding: Outstanding::default(),
        highest: None,
        t2: None,
        closing: false,
        over: None,
        heard: None,
        window: None,
        overall: 0,
        life: Life::default(),
    };
    for packet in timeline.packets_of(of.node, of.association) {
        if packet.captured.at > until {
            break;
        }
        replay.packet(packet);
    }
    replay.end(until)
}

struct Replay<'a, 't> {
    of: &'a Of<'a>,
    timeline: &'a Timeline<'t>,
    stack: &'a Stack,
    samples: Samples<'t>,
    paths: BTreeMap<IpAddr, Path>,
    /// When HEARTBEATs were asked for out of turn, or their timers set anew.
    demands: Vec<Time>,
    handling: Span,
    asked: Asked,
    outstanding: Outstanding,
    /// The highest TSN that was sent.
    highest: Option<Tsn>,
    /// T2-shutdown, and the path of the last SHUTDOWN or SHUTDOWN ACK.
    t2: Option<Vec<(IpAddr, Armed)>>,
    /// A SHUTDOWN or SHUTDOWN ACK was sent: HEARTBEATs have ended.
    closing: bool,
    /// When an ABORT or SHUTDOWN COMPLETE ended it.
    over: Option<Time>,
    /// When the last packet came in.
    heard: Option<Time>,
    /// The receiver's window by the last SACK.
    window: Option<u32>,
    /// The errors of the association.
    overall: u32,
    life: Life,
}

impl Replay<'_, '_> {
    fn packet(&mut self, packet: &SctpPacket<'_>) {
        let at = packet.captured.at;
        if self.over.is_some() {
            return;
        }
        self.run_out_silently(at);
        self.believe_counts(at);
        match packet.captured.direction {
            Direction::In => {
                for chunk in &packet.sctp.chunks {
                    self.received(chunk, packet.source, at);
                }
                self.heard = Some(at);
            }
            Direction::Out => self.sent(packet, at),
        }
    }

    fn received(&mut self, chunk: &Chunk, from: IpAddr, at: Time) {
        match chunk {
            Chunk::Sack(sack) => self.sack(sack, from, at),
            Chunk::Shutdown(shutdown) => {
                let sack = Sack {
                    cumulative_tsn_ack: shutdown.cumulative_tsn_ack,
                    a_rwnd: self.window.unwrap_or(u32::MAX),
                    gap_ack_blocks: Vec::new(),
                    duplicate_tsns: Vec::new(),
                };
                self.sack(&sack, from, at);
            }
            Chunk::HeartbeatAck(ack) => {
                if let Some((path, asked)) = self.asked.answered(ack) {
                    self.heartbeat_ack(path, asked, at);
                }
            }
            Chunk::CookieAck(_) => self.established(at),
            Chunk::Abort(_) | Chunk::ShutdownComplete(_) => self.over = Some(at),
            _ => {}
        }
    }

    fn sent(&mut self, packet: &SctpPacket<'_>, at: Time) {
        let to = packet.destination;
        let chunks = &packet.sctp.chunks;
        let has_cookie = chunks.iter().any(|it| matches!(it, Chunk::CookieEcho(_)));
        if is_mtu_probe(chunks) {
            return;
        }
        for chunk in chunks {
            match chunk {
                Chunk::Heartbeat(heartbeat) => {
                    self.asked.send(&heartbeat.info, to, at);
                    self.heartbeat(to, at);
                }
                Chunk::Data(data) => self.data(data.tsn, to, has_cookie, at),
                Chunk::IData(data) => self.data(data.tsn, to, has_cookie, at),
                Chunk::ForwardTsn(forward) => self.forward(forward.new_cumulative_tsn, to, at),
                Chunk::IForwardTsn(forward) => self.forward(forward.new_cumulative_tsn, to, at),
                Chunk::CookieAck(_) => self.established(at),
                Chunk::Shutdown(_) | Chunk::ShutdownAck(_) => self.shutdown(to, at),
                Chunk::Abort(_) | Chunk::ShutdownComplete(_) => self.over = Some(at),
                _ => {}
            }
        }
    }

    /// The HEARTBEAT timers of all paths start.
    fn established(&mut self, at: Time) {
        let addresses: Vec<IpAddr> = self.paths.keys().copied().collect();
        for address in addresses {
            let state = self.samples.after(address, at);
            if let (Some(state), Some(path)) = (state, self.paths.get_mut(&address)) {
                path.state = State::of(&state.state);
            }
            self.set_heartbeat(address, at, self.rto_after(address, at));
        }
    }

    /// DATA was sent, for the first time or again.
    fn data(&mut self, tsn: Tsn, to: IpAddr, with_cookie: bool, at: Time) {
        match self.outstanding.place(tsn) {
            Some(Place::On(path)) if with_cookie => self.outstanding.mark_all(path),
            Some(Place::On(path)) => self.again(tsn, path, at),
            Some(Place::Marked) | None => {}
        }
        if self.highest.is_none_or(|highest| highest.precedes(tsn)) {
            self.highest = Some(tsn);
        }
        self.outstanding.send(tsn, to);
        self.start_t3(to, at);
    }

    /// A chunk that is in flight on a path is sent again: because T3-rtx ran out
    /// (RFC 9260 section 6.3.3), or because of what a packet said (7.2.4).
    fn again(&mut self, tsn: Tsn, path: IpAddr, at: Time) {
        let was_told = self.heard.is_some_and(|heard| at <= heard + AT_ONCE);
        let t3 = self.paths.get(&path).and_then(|path| path.t3);
        let t3 = t3.map(|t3| self.as_reported(path, t3, at));
        let perhaps = self.paths.get(&path).and_then(|path| path.perhaps);
        let mut timers = t3.into_iter().chain(perhaps);
        let is_due = timers.any(|timer| timer.is_due(at, self.handling));
        if was_told && !is_due {
            self.outstanding.mark(tsn);
            return;
        }
        self.t3_expired(path, at);
    }

    fn t3_expired(&mut self, address: IpAddr, at: Time) {
        let Some(path) = self.paths.get_mut(&address) else {
            return;
        };
        let (t3, perhaps) = (path.t3.take(), path.perhaps.take());
        let before = path.state;
        let t3 = t3.map(|t3| self.as_reported(address, t3, at));
        let is_perhaps = |it: &Armed| it.is_due(at, self.handling);
        let t3 = match (t3, perhaps.filter(is_perhaps)) {
            (Some(t3), Some(perhaps)) if !t3.is_due(at, self.handling) => Some(perhaps),
            (None, Some(perhaps)) => Some(perhaps),
            (t3, _) => t3,
        };
        let Some(path) = self.paths.get_mut(&address) else {
            return;
        };
        if path.state != State::Inactive {
            path.errors = path.errors.saturating_add(1);
        }
        self.overall = self.overall.saturating_add(1);
        self.outstanding.mark_all(address);
        self.expired(address, t3, TimerKind::T3, true, at);
        self.after_an_error(address, before, at);
    }

    /// T3-rtx that ran out while data was in flight on another path may send nothing:
    /// Nagle's algorithm and the congestion window hold a retransmission back as they
    /// do new data (net/sctp/output.c, `sctp_packet_can_append_data`).
    fn run_out_silently(&mut self, now: Time) {
        let overdue: Vec<(IpAddr, Armed)> = self
            .paths
            .iter()
            .filter_map(|(address, path)| Some((*address, path.t3?)))
            .filter(|(address, t3)| {
                t3.is_overdue(now, self.handling)
                    && self.outstanding.is_in_flight(*address)
                    && self.outstanding.is_in_flight_elsewhere(*address)
            })
            .collect();
        for (address, t3) in overdue {
            self.ran_out_silently(address, t3);
        }
        for path in self.paths.values_mut() {
            let Some(perhaps) = path.perhaps else {
                continue;
            };
            if perhaps.is_overdue(now, self.handling) {
                path.perhaps = None;
                path.silent += 1;
            }
        }
    }

    /// Takes over what the kernel reported of its counts, as far as what no packet
    /// shows can explain it.
    fn believe_counts(&mut self, now: Time) {
        for (address, path) in &mut self.paths {
            let reported = self
                .samples
                .before(*address, now)
                .and_then(|it| it.error_count);
            if let Some(reported) = reported
                && path.silent > 0
                && path.errors <= reported
                && reported <= path.errors + path.silent
            {
                let more = reported - path.errors;
                path.errors = reported;
                path.silent = 0;
                self.overall = self.overall.saturating_add(more);
            }
        }
        let silent: u32 = self.paths.values().map(|path| path.silent).sum();
        let reported = self.samples.of_association(now);
        if let Some(reported) = reported
            && silent > 0
            && self.overall <= reported
            && reported <= self.overall + silent
        {
            self.overall = reported;
        }
    }

    fn ran_out_silently(&mut self, address: IpAddr, t3: Armed) {
        let timing = self.timing(address, t3.latest());
        let reported = self.samples.next(address, t3.soonest());
        let rto = self.rto_before(address, t3.soonest());
        self.outstanding.mark_all(address);
        self.overall = self.overall.saturating_add(1);
        let Some(path) = self.paths.get_mut(&address) else {
            return;
        };
        path.t3 = None;
        let before = path.state;
        if before != State::Inactive {
            path.errors = path.errors.saturating_add(1);
        }
        self.life.expiries.push(Expiry {
            at: t3.latest(),
            path: address,
            timer: TimerKind::T3,
            set: t3.at,
            rto: t3.rto,
            allowed: t3.allowed,
            errors: Some(path.errors),
            of_association: self.overall,
            silent: true,
        });
        // Even where nothing could be sent, T3-rtx of the path for retransmissions
        // starts, and the path counts as used (net/sctp/outqueue.c,
        // `sctp_outq_flush_rtx`). Which path that is, is not on record.
        for (other, path) in &mut self.paths {
            let rto = self.samples.before(*other, t3.latest());
            let rto = rto.map_or(Span::ZERO, |it| Span::from_millis(it.rto_ms.into()));
            let mut timer = Armed {
                timer: TimerKind::T3,
                at: t3.soonest(),
                rto,
                allowed: self.stack.expiry(rto),
            };
            timer.allowed.most = timer.allowed.most + (t3.allowed.most - t3.allowed.least);
            if path.t3.is_none() {
                path.perhaps = Some(timer);
            }
            path.last_data_perhaps = Some(t3.latest());
        }
        let Some(path) = self.paths.get_mut(&address) else {
            return;
        };
        let limit = u32::from(timing.path_max_retrans);
        if path.errors > limit && before != State::Unconfirmed {
            path.state = State::Inactive;
        } else if before == State::Active
            && reported.is_some_and(|it| State::of(&it.state) == State::PotentiallyFailed)
        {
            path.state = State::PotentiallyFailed;
            self.set_heartbeat(address, t3.soonest(), rto);
            let uncertain = t3.allowed.most - t3.allowed.least;
            if let Some(timer) = self
                .paths
                .get_mut(&address)
                .and_then(|it| it.heartbeat.as_mut())
            {
                timer.allowed.most = timer.allowed.most + uncertain;
            }
        }
    }

    /// A HEARTBEAT was sent.
    fn heartbeat(&mut self, address: IpAddr, at: Time) {
        let is_asked_for = is_near(&self.demands, at);
        let interval = self.interval(address, at);
        let rto = self.rto_before(address, at);
        let Some(path) = self.paths.get_mut(&address) else {
            return;
        };
        let mut timer = path.heartbeat;
        // No HEARTBEAT goes out where data went out within its time: it waits for
        // the rest of it.
        let used = path.last_data.max(path.last_data_perhaps);
        if let (Some(timer), Some(sent)) = (&mut timer, used) {
            let is_certain = path.last_data_perhaps.is_none_or(|it| it < sent);
            let interval = (!path.state.is_probed()).then_some(interval);
            let rest = self.stack.heartbeat_timeout(interval, rto);
            let since = Span::from(sent - timer.at);
            let postponed = self.stack.expiry(since + rest);
            let tick = self.stack.lateness.is.tick;
            if timer.at <= sent {
                let least = since + rest - tick;
                let least = if is_certain { least } else { Span::ZERO };
                timer.allowed.least = timer.allowed.least.max(least);
                timer.allowed.most = timer.allowed.most.max(postponed.most);
            } else {
                let before = Span::from(timer.at - sent);
                let least = rest - before - tick;
                let least = if is_certain { least } else { Span::ZERO };
                timer.allowed.least = timer.allowed.least.max(least);
                timer.allowed.most = timer.allowed.most.max(self.stack.expiry(rest).most);
            }
        }
        let timer = timer.map(|timer| self.as_reported(address, timer, at));
        let timer = timer.map(|timer| self.as_touched(address, timer, at));
        let Some(path) = self.paths.get_mut(&address) else {
            return;
        };
        let kind = path.state.heartbeat();
        let is_error = path.unanswered.is_some();
        let before = path.state;
        if is_error && path.state != State::Inactive {
            path.errors = path.errors.saturating_add(1);
        }
        if is_error && path.state != State::Unconfirmed {
            self.overall = self.overall.saturating_add(1);
        }
        path.unanswered = Some(at);
        let timer = timer.filter(|_| !is_asked_for);
        self.expired(address, timer, kind, is_error, at);
        if is_error {
            self.after_an_error(address, before, at);
        }
        if !is_asked_for {
            self.set_heartbeat(address, at, self.rto_after(address, at));
        } else if let Some(path) = self.paths.get_mut(&address) {
            // Whether its timer was set anew then is not on record.
            path.heartbeat = None;
        }
    }

    /// A HEARTBEAT timer whose interval was changed while it ran: some kernels set it
    /// anew then, others keep what was set and ask for the new interval when it runs
    /// out.
    fn as_touched(&self, address: IpAddr, timer: Armed, now: Time) -> Armed {
        let touched = self
            .demands
            .iter()
            .filter(|at| timer.at <= **at && **at < now);
        let mut timer = timer;
        for at in touched {
            let (interval, rto) = (self.interval(address, *at), self.rto_before(address, *at));
            let interval = (timer.timer != TimerKind::Probe).then_some(interval);
            let anew = self.stack.heartbeat_pause(interval, rto);
            let since = Span::from(*at - timer.at);
            timer.allowed = timer.allowed.hull(Interval {
                least: anew.least + since,
                most: anew.most + since,
            });
        }
        timer
    }

    /// Puts an expiry on record, and whether its timer let it be then.
    fn expired(
        &mut self,
        address: IpAddr,
        timer: Option<Armed>,
        kind: TimerKind,
        is_error: bool,
        at: Time,
    ) {
        let Some(path) = self.paths.get(&address) else {
            return;
        };
        let (set, rto, allowed) = match timer {
            Some(timer) => (timer.at, timer.rto, timer.allowed),
            None => (at, Span::ZERO, Interval::ANY),
        };
        let expiry = Expiry {
            at,
            path: address,
            timer: timer.map_or(kind, |timer| timer.timer),
            set,
            rto,
            allowed,
            errors: is_error.then_some(path.errors),
            of_association: self.overall,
            silent: false,
        };
        if let Some(timer) = timer
            && !timer.is_due(at, self.handling)
        {
            let what = match expiry.errors {
                Some(errors) => format!("error {errors} of {address} counted"),
                None => format!("a HEARTBEAT sent to {address}"),
            };
            self.wrong(
                address,
                at,
                format!(
                    "{what} {} s after {} was set at {set}; {} with RTO {rto} s allows {allowed} s",
                    expiry.took(),
                    expiry.timer,
                    expiry.timer,
                ),
            );
        }
        self.life.expiries.push(expiry);
    }

    /// The state that an error has brought a path to, as it was reported; a path that
    /// has become potentially failed is probed from then on.
    fn after_an_error(&mut self, address: IpAddr, before: State, at: Time) {
        let reported = self.samples.just_after(address, at);
        let timing = self.timing(address, at);
        let rto = self.rto_before(address, at);
        let Some(path) = self.paths.get_mut(&address) else {
            return;
        };
        let limit = u32::from(timing.path_max_retrans);
        path.state = match reported {
            Some(sample) => State::of(&sample.state),
            None if path.errors > limit && before != State::Unconfirmed => State::Inactive,
            None => before,
        };
        if before == State::Active && path.state == State::PotentiallyFailed {
            self.set_heartbeat(address, at, rto);
        }
    }

    fn sack(&mut self, sack: &Sack, from: IpAddr, at: Time) {
        if self.outstanding.is_old(sack.cumulative_tsn_ack) {
            return;
        }
        let had_no_window = self.window == Some(0);
        self.window = Some(sack.a_rwnd);
        let is_last_but_one = self
            .highest
            .is_some_and(|highest| sack.cumulative_tsn_ack.next() == highest);
        let addresses: Vec<IpAddr> = self.paths.keys().copied().collect();
        for address in addresses {
            let done = self.outstanding.acknowledge(sack, address);
            if let Some(tsn) = done.new {
                let why = format!("a SACK acknowledged TSN {tsn}, which went to {address} last");
                self.reset(address, at, why);
                if from == address
                    && let Some(path) = self.paths.get_mut(&address)
                    && path.state != State::PotentiallyFailed
                {
                    path.state = State::Active;
                }
            } else if done.in_flight && (had_no_window || sack.a_rwnd == 0) && is_last_but_one {
                let why = "a SACK answered a zero window probe".to_owned();
                self.reset(address, at, why);
            }
            if !done.in_flight {
                self.stop_t3(address, at);
            } else if done.cumulative {
                self.check_overdue(address, at);
                self.restart_t3(address, at);
            }
        }
        self.outstanding.move_on(sack);
    }

    fn heartbeat_ack(&mut self, address: IpAddr, asked: Time, at: Time) {
        let rto = self.rto_before(address, at);
        let longest = self.interval(address, at) + rto;
        if Span::from(at - asked) > longest + self.stack.lateness.is.tick {
            // It comes too late to be taken for an answer.
            return;
        }
        self.check_overdue(address, at);
        let why = format!("a HEARTBEAT ACK of {address}");
        self.reset(address, at, why);
        if let Some(path) = self.paths.get_mut(&address) {
            path.unanswered = None;
            path.state = State::Active;
        }
        if !self.closing {
            self.set_heartbeat(address, at, self.rto_after(address, at));
        }
    }

    fn forward(&mut self, point: Tsn, to: IpAddr, at: Time) {
        let was_told = self.heard.is_some_and(|heard| at <= heard + AT_ONCE);
        let due: Vec<IpAddr> = self
            .paths
            .iter()
            .filter(|(_, path)| path.t3.is_some_and(|t3| t3.is_due(at, self.handling)))
            .map(|(address, _)| *address)
            .collect();
        if let (false, Some(address)) = (was_told, due.first()) {
            self.t3_expired(*address, at);
        }
        self.outstanding.abandon(point);
        self.start_t3(to, at);
    }

    /// A SHUTDOWN or SHUTDOWN ACK was sent, for the first time or again.
    fn shutdown(&mut self, to: IpAddr, at: Time) {
        let was_told = self.heard.is_some_and(|heard| at <= heard + AT_ONCE);
        if let Some(timers) = self.t2.take()
            && !was_told
        {
            // The path that times it is not always that which it is sent on: a
            // potentially failed one leaves that to another.
            let due = timers
                .iter()
                .find(|(_, timer)| timer.is_due(at, self.handling));
            if let Some((address, timer)) = due.or(timers.first()).copied() {
                if let Some(path) = self.paths.get_mut(&address)
                    && path.state != State::Inactive
                {
                    path.errors = path.errors.saturating_add(1);
                }
                self.overall = self.overall.saturating_add(1);
                self.expired(address, Some(timer), TimerKind::T2, true, at);
            }
        }
        let mut addresses: Vec<IpAddr> = self.paths.keys().copied().collect();
        addresses.sort_by_key(|address| *address != to);
        let timers = addresses.into_iter().map(|address| {
            let rto = self.rto_after(address, at);
            let timer = Armed {
                timer: TimerKind::T2,
                at,
                rto,
                allowed: self.stack.expiry(rto),
            };
            (address, timer)
        });
        self.t2 = Some(timers.collect());
        self.life.shutdown.get_or_insert(at);
        self.closing = true;
        for path in self.paths.values_mut() {
            path.heartbeat = None;
        }
    }

    fn reset(&mut self, address: IpAddr, at: Time, why: String) {
        let Some(path) = self.paths.get_mut(&address) else {
            return;
        };
        let errors = std::mem::take(&mut path.errors);
        path.silent = 0;
        path.perhaps = None;
        let of_association = std::mem::take(&mut self.overall);
        if errors > 0 || of_association > 0 {
            self.life.resets.push(Reset {
                at,
                path: address,
                errors,
                why,
            });
        }
    }

    /// Starts T3-rtx of a path, unless it is running.
    fn start_t3(&mut self, address: IpAddr, at: Time) {
        let rto = self.rto_after(address, at);
        let Some(path) = self.paths.get_mut(&address) else {
            return;
        };
        path.last_data = Some(at);
        path.t3.get_or_insert(Armed {
            timer: TimerKind::T3,
            at,
            rto,
            allowed: self.stack.expiry(rto),
        });
    }

    /// T3-rtx of a path starts anew (RFC 9260 section 6.3.2, R3).
    fn restart_t3(&mut self, address: IpAddr, at: Time) {
        let rto = self.rto_after(address, at);
        let Some(path) = self.paths.get_mut(&address) else {
            return;
        };
        path.t3 = Some(Armed {
            timer: TimerKind::T3,
            at,
            rto,
            allowed: self.stack.expiry(rto),
        });
    }

    /// The timer as it was set in truth, where what a packet changed of the RTO was
    /// reported only later: after the error, which has doubled it.
    fn as_reported(&self, address: IpAddr, timer: Armed, now: Time) -> Armed {
        let is_prompt = self.samples.just_after(address, timer.at).is_some();
        let later = self.samples.next(address, timer.at);
        if timer.is_due(now, self.handling) || is_prompt {
            return timer;
        }
        let reported = later.map_or(timer.rto, |it| Span::from_millis(it.rto_ms.into()));
        let interval = self.interval(address, timer.at);
        let candidates = [reported, reported / 2].map(|rto| Armed {
            rto,
            allowed: match timer.timer {
                TimerKind::T3 => self.stack.expiry(rto),
                TimerKind::Probe => self.stack.heartbeat_pause(None, rto),
                _ => self.stack.heartbeat_pause(Some(interval), rto),
            },
            ..timer
        });
        let due = candidates
            .into_iter()
            .find(|it| it.is_due(now, self.handling));
        due.filter(|it| it.rto > Span::ZERO).unwrap_or(timer)
    }

    fn stop_t3(&mut self, address: IpAddr, at: Time) {
        self.check_overdue(address, at);
        if let Some(path) = self.paths.get_mut(&address) {
            path.t3 = None;
        }
    }

    fn set_heartbeat(&mut self, address: IpAddr, at: Time, rto: Span) {
        let interval = self.interval(address, at);
        let Some(path) = self.paths.get_mut(&address) else {
            return;
        };
        let interval = (!path.state.is_probed()).then_some(interval);
        path.heartbeat = Some(Armed {
            timer: path.state.heartbeat(),
            at,
            rto,
            allowed: self.stack.heartbeat_pause(interval, rto),
        });
    }

    /// Notes it where T3-rtx of a path should have run out before now.
    fn check_overdue(&mut self, address: IpAddr, now: Time) {
        let in_flight = self.outstanding.is_in_flight(address);
        let is_unconfirmed = |path: &Path| path.state == State::Unconfirmed;
        let has_nowhere_to_go = self.paths.values().any(is_unconfirmed);
        let Some(path) = self.paths.get_mut(&address) else {
            return;
        };
        let Some(t3) = path.t3 else { return };
        if !t3.is_overdue(now, self.handling) {
            return;
        }
        path.t3 = None;
        if !in_flight || has_nowhere_to_go {
            // It has run out, and there was nothing to send.
            path.silent += 1;
            return;
        }
        self.wrong(address, t3.latest(), overdue(&t3, address));
    }

    fn wrong(&mut self, path: IpAddr, at: Time, words: String) {
        self.life.wrongs.push(Wrong { at, path, words });
    }

    fn end(mut self, until: Time) -> Life {
        let now = self.over.map_or(until, |over| over.min(until));
        self.run_out_silently(now);
        let addresses: Vec<IpAddr> = self.paths.keys().copied().collect();
        for address in addresses {
            self.check_overdue(address, now);
            self.check_heartbeat(address, now);
        }
        let paths = std::mem::take(&mut self.paths);
        self.life.paths = paths
            .into_iter()
            .map(|(address, path)| {
                let heartbeats = self.timing(address, now).heartbeats;
                let end = AtTheEnd {
                    errors: path.errors,
                    t3: path.t3,
                    heartbeat: path.heartbeat,
                    heartbeats,
                    state: path.state.name().to_owned(),
                    silent: path.silent,
                    perhaps: path.perhaps,
                };
                (address, end)
            })
            .collect();
        self.life.errors = self.overall;
        let timers = self.t2.take().into_iter().flatten();
        self.life.t2 = timers.map(|(_, timer)| timer).collect();
        self.life.has_outstanding = !self.outstanding.is_empty();
        self.life
    }

    /// Notes it where a HEARTBEAT should have gone out by the end.
    fn check_heartbeat(&mut self, address: IpAddr, now: Time) {
        let timing = self.timing(address, now);
        let rto = self.rto_before(address, now);
        let Some(path) = self.paths.get(&address) else {
            return;
        };
        let Some(timer) = path.heartbeat else { return };
        let interval = Span::from(timing.heartbeat_interval);
        let rest = self
            .stack
            .heartbeat_timeout((!path.state.is_probed()).then_some(interval), rto);
        let used = path.last_data.max(path.last_data_perhaps);
        let postponed = used.map(|sent| {
            let since = Span::from(sent - timer.at);
            let latest: Duration = self.stack.expiry(since + rest).most.into();
            timer.at.min(sent) + latest
        });
        let latest = postponed.map_or(timer.latest(), |postponed| postponed.max(timer.latest()));
        let is_overdue = now > latest + self.handling.into();
        // Whoever set a HEARTBEAT timer anew since then, or switched it off, knows
        // why.
        let was_touched = self.demands.iter().any(|demand| *demand >= timer.at);
        if is_overdue && timing.heartbeats && !was_touched {
            self.wrong(address, latest, overdue(&timer, address));
        }
    }

    fn rto_before(&self, path: IpAddr, at: Time) -> Span {
        let sample = self.samples.before(path, at);
        sample.map_or(Span::ZERO, |it| Span::from_millis(it.rto_ms.into()))
    }

    fn rto_after(&self, path: IpAddr, at: Time) -> Span {
        let sample = self.samples.after(path, at);
        sample.map_or(Span::ZERO, |it| Span::from_millis(it.rto_ms.into()))
    }

    fn timing(&self, path: IpAddr, at: Time) -> Timing {
        let of = self.of;
        let reported = self
            .timeline
            .timers(of.endpoint, Some(of.association), Some(path), at);
        reported.unwrap_or(Timing::DEFAULT)
    }

    fn interval(&self, path: IpAddr, at: Time) -> Span {
        self.timing(path, at).heartbeat_interval.into()
    }
}

fn overdue(timer: &Armed, path: IpAddr) -> String {
    let Armed {
        timer: kind,
        at,
        rto,
        allowed,
    } = timer;
    format!(
        "{kind} of {path} was set at {at} with RTO {rto} s, which allows {allowed} s: nothing \
         shows that it ran out by {}",
        timer.latest()
    )
}
