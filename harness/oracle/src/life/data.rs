//! DATA and its timer, T3-rtx (RFC 9260 section 6.3).

use std::net::IpAddr;

use bounds::{Span, TimerKind, back_off};
use recording::Time;
use wire::Tsn;
use wire::chunk::Sack;

use super::outstanding::Place;
use super::path::{Path, State};
use super::replay::{AT_ONCE, MOMENT, Replay, overdue};
use super::signs::is_at;
use super::{Armed, Healed};

impl Replay<'_, '_> {
    /// DATA was sent, for the first time or again.
    pub(super) fn data(&mut self, tsn: Tsn, to: IpAddr, with_cookie: bool, at: Time) {
        let was_elsewhere = self.outstanding.is_in_flight_elsewhere(to);
        match self.outstanding.place(tsn) {
            Some(Place::On(path)) if with_cookie => self.outstanding.mark_all(path),
            Some(Place::On(path)) => self.again(tsn, path, at),
            Some(Place::Marked) => self.again_later(at),
            None => {}
        }
        if self.outstanding.place(tsn).is_some() {
            self.retransmits_to = Some(to);
        }
        if self.highest.is_none_or(|highest| highest.precedes(tsn)) {
            self.highest = Some(tsn);
        }
        self.outstanding.send(tsn, to, at);
        self.start_t3(to, at);
        if was_elsewhere {
            self.perhaps_anew(to, at);
        }
    }

    /// T3-rtx of a path that is due may have run out just before, and sent nothing, for
    /// what was in flight on another path: then DATA has set it anew.
    fn perhaps_anew(&mut self, address: IpAddr, at: Time) {
        let anew = self.t3(self.rto_after(address, at), at);
        let handling = self.handling;
        if let Some(path) = self.paths.get_mut(&address)
            && path
                .t3
                .is_some_and(|t3| t3.at < at && t3.is_due(at, handling))
        {
            path.perhaps.get_or_insert(anew);
        }
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
        // Of two paths whose T3-rtx were due, the one that the kernel reported an error
        // of; the other's had nothing to send.
        let other = self.due_elsewhere(path, at);
        if let (Some(other), Some(t3), false) = (other, t3, self.tells_of_an_error(path, at)) {
            self.ran_out_silently(path, t3);
            self.t3_expired(other, at);
            return;
        }
        self.t3_expired(path, at);
    }

    /// Another path with DATA in flight whose T3-rtx was due, and of which the kernel
    /// reported an error just then.
    fn due_elsewhere(&self, but: IpAddr, at: Time) -> Option<IpAddr> {
        let mut others = self.paths.iter().filter(|(address, _)| **address != but);
        let found = others.find(|(address, path)| {
            self.outstanding.is_in_flight(**address)
                && path.t3.is_some_and(|t3| t3.is_due(at, self.handling))
                && self.tells_of_an_error(**address, at)
        });
        found.map(|(address, _)| *address)
    }

    /// A chunk that has been waiting is sent again: when a packet came or the
    /// application sent something, the window let it go; else T3-rtx of a path has run
    /// out on which other chunks were in flight.
    fn again_later(&mut self, at: Time) {
        let was_told = self.heard.is_some_and(|heard| at <= heard + AT_ONCE);
        // So did the application, or a HEARTBEAT, with which the kernel sends what it may.
        let was_asked = self.is_handed_over(at) || is_at(&self.heartbeats, at);
        let mut due: Vec<(bool, Time, IpAddr)> = self
            .paths
            .iter()
            .filter(|(address, _)| self.outstanding.is_in_flight(**address))
            .filter_map(|(address, path)| {
                let t3 = self.as_reported(*address, path.t3?, at);
                let is_due = t3.is_due(at, self.handling);
                is_due.then(|| (!self.tells_of_an_error(*address, at), t3.latest(), *address))
            })
            .collect();
        due.sort_unstable();
        if let Some((is_not_reported, _, path)) = due.first().copied()
            && !(is_not_reported && (was_told || was_asked))
        {
            self.t3_expired(path, at);
        }
    }

    /// Whether the kernel reported just then that it has doubled a path's RTO, or counted
    /// an error of it.
    fn tells_of_an_error(&self, address: IpAddr, at: Time) -> bool {
        let before = self.samples.before(address, at);
        let after = self.samples.just_after(address, at);
        let Some((before, after)) = before.zip(after) else {
            return false;
        };
        // Some of it may be what another timer has counted at this moment.
        let now = self.life.expiries.iter().rev();
        let now = now.take_while(|it| it.at + MOMENT >= at);
        let now = now.filter(|it| it.path == address && it.errors.is_some());
        let (count, timing) = (now.clone().count(), self.timing(address, at));
        let told = Span::from_millis(before.rto_ms.into());
        let rto = now.fold(told, |rto, _| back_off(rto, &timing));
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        let errors = before
            .error_count
            .map(|errors| errors.saturating_add(count));
        Span::from_millis(after.rto_ms.into()) > rto || after.error_count > errors
    }

    /// Goes through what the application handed over until now: each time, the kernel
    /// tries to send what waits to be sent again.
    pub(super) fn hand_over(&mut self, now: Time) {
        while let Some(at) = self.sends.pop_if(|at| *at <= now) {
            self.handed_over = Some(at);
            self.run_out_silently(at);
            self.try_to_retransmit(at);
        }
        self.try_to_retransmit(now);
    }

    fn is_handed_over(&self, at: Time) -> bool {
        let is_near = |it: &Time| *it <= at + AT_ONCE && at <= *it + AT_ONCE;
        self.handed_over.is_some_and(|it| is_near(&it)) || self.sends.last().is_some_and(is_near)
    }

    /// Where chunks wait to be sent again, whatever makes the kernel send makes the path
    /// for retransmissions count as used, and starts its T3-rtx, even where the window
    /// lets nothing go (net/sctp/outqueue.c, `__sctp_outq_flush_rtx` and
    /// `sctp_outq_flush_rtx`).
    fn try_to_retransmit(&mut self, at: Time) {
        if !self.outstanding.has_marked() {
            return;
        }
        // After an expiry that sent nothing, which path that is does not show.
        let to = self.retransmits_to;
        let all = self.paths.keys().copied();
        let addresses: Vec<IpAddr> = all.filter(|it| to.is_none_or(|to| to == *it)).collect();
        for address in addresses {
            let t3 = self.t3(self.rto_before(address, at), at);
            let Some(path) = self.paths.get_mut(&address) else {
                continue;
            };
            if path.state == State::Unconfirmed {
                continue;
            }
            path.last_data_perhaps = Some(at);
            if path.t3.is_none() {
                self.is_unsure = true;
                path.perhaps.get_or_insert(t3);
            }
        }
    }

    /// T3-rtx, set now.
    pub(super) fn t3(&self, rto: Span, at: Time) -> Armed {
        Armed {
            timer: TimerKind::T3,
            at,
            rto,
            allowed: self.stack.expiry(rto),
        }
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
        // One that was started or run out unseen may be any other.
        let t3 = t3.filter(|t3| !self.is_unsure || t3.is_due(at, self.handling));
        let Some(path) = self.paths.get_mut(&address) else {
            return;
        };
        if path.state != State::Inactive {
            path.errors = path.errors.saturating_add(1);
        }
        self.overall = self.overall.saturating_add(1);
        // What its expiry sends may be captured before what shows the expiry.
        let sent_before = Time::ZERO + (at - (Time::ZERO + MOMENT));
        self.outstanding.mark_all_before(address, sent_before);
        self.expired(address, t3, TimerKind::T3, true, at);
        self.after_an_error(address, before, at);
        let anew = self.t3(self.rto_after(address, at), at);
        if self.outstanding.is_in_flight(address)
            && let Some(path) = self.paths.get_mut(&address)
        {
            path.t3 = Some(anew);
        }
    }

    pub(super) fn sack(&mut self, sack: &Sack, from: IpAddr, at: Time) {
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
                if let Some(path) = self.paths.get_mut(&address) {
                    path.acknowledged = Some(at);
                }
                let why = format!("a SACK acknowledged TSN {tsn}, which went to {address} last");
                self.reset(address, at, why.clone());
                if from == address
                    && let Some(path) = self.paths.get_mut(&address)
                    && path.state != State::PotentiallyFailed
                {
                    if path.state == State::Inactive {
                        self.life.healed.push(Healed {
                            at,
                            path: address,
                            asked: None,
                            why,
                        });
                    }
                    path.state = State::Active;
                }
            } else if done.in_flight && (had_no_window || sack.a_rwnd == 0) && is_last_but_one {
                let why = "a SACK answered a zero window probe".to_owned();
                self.reset(address, at, why);
            }
            if !done.in_flight {
                self.stop_t3(address, at);
            } else if done.cumulative || done.taken_back {
                self.check_overdue(address, at);
                self.restart_t3(address, at);
            }
        }
        self.outstanding.move_on(sack);
        self.is_unsure &= !self.outstanding.is_empty();
    }

    pub(super) fn forward(&mut self, point: Tsn, to: IpAddr, at: Time) {
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

    /// Starts T3-rtx of a path, unless it is running.
    fn start_t3(&mut self, address: IpAddr, at: Time) {
        self.check_before_data(address, at);
        let t3 = self.t3(self.rto_after(address, at), at);
        let Some(path) = self.paths.get_mut(&address) else {
            return;
        };
        path.last_data = Some(at);
        path.t3.get_or_insert(t3);
    }

    /// T3-rtx of a path starts anew (RFC 9260 section 6.3.2, R3; R4 as Linux has it, which
    /// restarts a timer that is running, too: net/sctp/outqueue.c,
    /// `sctp_check_transmitted`).
    fn restart_t3(&mut self, address: IpAddr, at: Time) {
        let t3 = self.t3(self.rto_after(address, at), at);
        if let Some(path) = self.paths.get_mut(&address) {
            path.t3 = Some(t3);
        }
    }

    fn stop_t3(&mut self, address: IpAddr, at: Time) {
        self.check_overdue(address, at);
        if let Some(path) = self.paths.get_mut(&address) {
            path.t3 = None;
        }
    }

    /// Notes it where T3-rtx of a path should have run out before now.
    pub(super) fn check_overdue(&mut self, address: IpAddr, now: Time) {
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
}
