//! T3-rtx expiries that send nothing, and the kernel's error counts that show them.

use std::net::IpAddr;

use bounds::{Span, TimerKind};
use recording::Time;

use super::path::State;
use super::replay::Replay;
use super::{Armed, Expiry};

impl Replay<'_, '_> {
    /// Follows T3-rtx expiries that sent nothing. While data is in flight on another
    /// path, Nagle's algorithm and the congestion window can hold a retransmission back
    /// as they do new data (net/sctp/output.c, `sctp_packet_can_append_data`).
    pub(super) fn run_out_silently(&mut self, now: Time) {
        let overdue: Vec<(IpAddr, Armed)> = self
            .paths
            .iter()
            .filter_map(|(address, path)| Some((*address, path.t3?)))
            .filter(|(address, t3)| {
                let is_in_flight = self.outstanding.is_in_flight(*address);
                t3.is_overdue(now, self.handling)
                    && (is_in_flight && self.is_silent(*address, t3)
                        || !is_in_flight && self.is_forced(*address, t3))
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

    /// Follows T3-rtx that ran out without sending, immediately before a SACK came: the kernel
    /// has counted an error more, although a SACK clears the count.
    pub(super) fn run_out_before_the_sack(&mut self, at: Time) {
        let due: Vec<(IpAddr, Armed)> = self
            .paths
            .iter()
            .filter_map(|(address, path)| Some((*address, path.t3?)))
            .filter(|(address, t3)| {
                t3.is_due(at, self.handling)
                    && self.outstanding.is_in_flight(*address)
                    && self.is_silent(*address, t3)
                    && self.counts_an_error(*address, at)
            })
            .collect();
        for (address, t3) in due {
            self.ran_out_silently(address, t3);
        }
    }

    /// Whether the kernel reported at this moment that a path has one error more.
    fn counts_an_error(&self, address: IpAddr, at: Time) -> bool {
        let before = self.samples.before(address, at);
        let after = self.samples.just_after(address, at);
        before
            .zip(after)
            .is_some_and(|(before, after)| after.error_count > before.error_count)
    }

    /// Whether T3-rtx of a path may have run out unseen, because the chunks in flight on
    /// another path held its retransmission back, or because the association is not up: until
    /// then DATA goes with COOKIE ECHO only (net/sctp/outqueue.c, `sctp_outq_flush_data`).
    pub(super) fn is_silent(&self, address: IpAddr, t3: &Armed) -> bool {
        let by = t3.latest() + self.handling.into();
        !self.was_established
            || self.outstanding.was_in_flight_elsewhere(address, by)
            || self.set_anew(address, t3).is_some()
    }

    /// Whether an answer to a HEARTBEAT set this T3-rtx of a path.
    fn is_forced(&self, address: IpAddr, t3: &Armed) -> bool {
        let path = self.paths.get(&address);
        path.is_some_and(|path| path.forced == Some(t3.at))
    }

    /// T3-rtx of a path as DATA has set it anew, if this timer had run out by then.
    fn set_anew(&self, address: IpAddr, t3: &Armed) -> Option<Armed> {
        let anew = self.paths.get(&address)?.perhaps?;
        (t3.at < anew.at && t3.is_due(anew.at, self.handling)).then_some(anew)
    }

    pub(super) fn ran_out_silently(&mut self, address: IpAddr, t3: Armed) {
        let anew = self.set_anew(address, &t3);
        let timing = self.timing(address, t3.latest());
        let reported = self.samples.next(address, t3.soonest());
        let rto = self.rto_before(address, t3.soonest());
        match anew {
            Some(anew) => self.outstanding.mark_all_before(address, anew.at),
            None => self.outstanding.mark_all(address),
        }
        self.retransmits_to = None;
        self.take_last_chance(address, t3.latest());
        self.overall = self.overall.saturating_add(1);
        let Some(path) = self.paths.get_mut(&address) else {
            return;
        };
        path.is_unsure = true;
        path.t3 = anew.filter(|_| self.outstanding.is_in_flight(address));
        if path.t3.is_some() {
            path.perhaps = None;
        }
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
        // `sctp_outq_flush_rtx`). The record does not show which path that is.
        let has_nothing_to_send = self.outstanding.is_empty();
        let paths = self.paths.iter_mut();
        for (other, path) in paths.filter(|_| !has_nothing_to_send) {
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
                path.is_unsure = true;
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
            && reported.is_some_and(|(_, it)| State::of(&it.state) == State::PotentiallyFailed)
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

    /// Adopts the error counts that the kernel reported, as far as expiries that no
    /// packet shows can explain them.
    pub(super) fn believe_counts(&mut self, now: Time) {
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
}
