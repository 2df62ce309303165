//! Retransmitted DATA, and the event that made the kernel send it again: T3-rtx that ran out
//! (RFC 9260 section 6.3.3), or another event.

use std::net::IpAddr;

use bounds::{Span, TimerKind};
use recording::Time;
use wire::Tsn;

use super::path::State;
use super::replay::{AT_ONCE, MOMENT, Replay};
use super::signs::is_at;

impl Replay<'_, '_> {
    /// Follows the retransmission of a chunk that was in flight on a path. T3-rtx ran out
    /// (RFC 9260 section 6.3.3), or a packet reported the chunk missing (section 7.2.4).
    pub(super) fn again(&mut self, tsn: Tsn, path: IpAddr, at: Time) {
        if self.has_just_run_out(path, at) {
            // A chunk that left immediately before, at the same moment, is marked with
            // the rest.
            self.outstanding.mark(tsn);
            return;
        }
        let was_told = self.heard.is_some_and(|heard| at <= heard + AT_ONCE);
        let t3 = self.paths.get(&path).and_then(|path| path.t3);
        let t3 = t3.map(|t3| self.as_reported(path, t3, at));
        let perhaps = self.paths.get(&path).and_then(|path| path.perhaps);
        let mut timers = t3.into_iter().chain(perhaps);
        let is_due = timers.any(|timer| timer.is_due(at, self.handling));
        let is_waiting = was_told || self.outstanding.may_be_marked(tsn);
        if is_waiting && !is_due {
            self.outstanding.mark(tsn);
            return;
        }
        // Where T3-rtx of two paths were due, the kernel's error counts show which of them
        // made the kernel send. The other one had nothing to send.
        let other = self.due_elsewhere(path, at);
        let other = other.filter(|_| {
            t3.is_none_or(|t3| !t3.is_overdue(at, self.handling) || self.is_silent(path, &t3))
        });
        if let (Some(other), Some(t3), false) = (other, t3, self.tells_of_an_error(path, at)) {
            self.ran_out_silently(path, t3);
            self.t3_expired(other, at);
            self.both_ran_out = Some(at);
            return;
        }
        self.t3_expired(path, at);
    }

    /// Whether T3-rtx of a path has already run out at this moment.
    fn has_just_run_out(&self, path: IpAddr, at: Time) -> bool {
        let expiries = self.life.expiries.iter().rev();
        let mut now = expiries.take_while(|it| it.at + MOMENT >= at);
        now.any(|it| it.path == path && it.timer == TimerKind::T3 && !it.silent)
    }

    /// Whether T3-rtx of any path has already run out at this moment.
    fn has_any_just_run_out(&self, at: Time) -> bool {
        self.paths
            .keys()
            .any(|path| self.has_just_run_out(*path, at))
    }

    /// Another path with DATA in flight whose T3-rtx was due, and for which the kernel
    /// reported an error at this moment.
    fn due_elsewhere(&self, but: IpAddr, at: Time) -> Option<IpAddr> {
        let mut others = self.paths.iter().filter(|(address, _)| **address != but);
        let found = others.find(|(address, path)| {
            self.outstanding.is_in_flight(**address)
                && path.t3.is_some_and(|t3| t3.is_due(at, self.handling))
                && self.tells_of_an_error(**address, at)
        });
        found.map(|(address, _)| *address)
    }

    /// Follows the retransmission of a chunk that was marked before. If a packet came or
    /// the application sent something, the window now lets the chunk go. Otherwise T3-rtx
    /// has run out on a path with other chunks in flight.
    pub(super) fn again_later(&mut self, at: Time) {
        let was_told = self.heard.is_some_and(|heard| at <= heard + AT_ONCE);
        // A message of the application, or a HEARTBEAT, also makes the kernel send the chunks
        // that it may send.
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
            && !(is_not_reported && (was_told || was_asked || self.has_any_just_run_out(at)))
        {
            self.t3_expired(path, at);
        }
    }

    /// Whether the kernel reported at this moment that it doubled a path's RTO, or
    /// counted an error on the path.
    pub(super) fn tells_of_an_error(&self, address: IpAddr, at: Time) -> bool {
        let before = self.samples.before(address, at);
        let after = self.samples.just_after(address, at);
        let Some((before, after)) = before.zip(after) else {
            return false;
        };
        // Errors that other timers counted at this moment are known, and are left out.
        let rto = self.rto_so_far(address, at);
        let count = self.errors_of_moment(address, at).count();
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        let errors = before
            .error_count
            .map(|errors| errors.saturating_add(count));
        Span::from_millis(after.rto_ms.into()) > rto || after.error_count > errors
    }

    /// Follows the messages that the application handed over until now. With each message
    /// the kernel tries to send the marked chunks.
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

    /// Follows an attempt to retransmit. Where chunks are marked, any event that makes
    /// the kernel send makes the path for retransmissions count as used and starts its
    /// T3-rtx, even where the window lets nothing go (net/sctp/outqueue.c,
    /// `__sctp_outq_flush_rtx` and `sctp_outq_flush_rtx`).
    pub(super) fn try_to_retransmit(&mut self, at: Time) {
        if !self.outstanding.has_marked() {
            return;
        }
        // After an expiry that sent nothing, the record does not show which path this is.
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
                path.is_unsure = true;
                path.perhaps.get_or_insert(t3);
            }
        }
    }
}
