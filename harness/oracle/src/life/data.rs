//! DATA and its timer, T3-rtx (RFC 9260 section 6.3).

use std::net::IpAddr;

use bounds::{Span, TimerKind};
use recording::Time;
use wire::Tsn;

use super::Armed;
use super::outstanding::Waiting;
use super::path::State;
use super::replay::{AT_ONCE, MOMENT, Replay};

impl Replay<'_, '_> {
    /// Follows a DATA chunk that was sent, for the first time or again.
    pub(super) fn data(&mut self, tsn: Tsn, to: IpAddr, with_cookie: bool, at: Time) {
        // Of several SACKs of one moment, the first may have made the kernel send a chunk that
        // the last acknowledges. The capture has what was sent after all of them.
        if self.outstanding.is_acknowledged(tsn) {
            if let Some(path) = self.paths.get_mut(&to) {
                path.last_data = Some(at);
            }
            return;
        }
        let was_elsewhere = self.outstanding.is_in_flight_elsewhere(to);
        match self.outstanding.place(tsn) {
            // When T1-cookie runs out, DATA that went with COOKIE ECHO is sent again with it
            // (net/sctp/sm_sideeffect.c, `SCTP_CMD_COOKIEECHO_RESTART`).
            Some(Waiting::On(path)) if with_cookie => self.outstanding.mark_all(path),
            Some(Waiting::On(path)) => self.again(tsn, path, at),
            Some(Waiting::Marked) => self.again_later(at),
            None => {}
        }
        if self.outstanding.place(tsn).is_some() {
            self.retransmits_to = Some(to);
        }
        if self.highest.is_none_or(|highest| highest.precedes(tsn)) {
            self.highest = Some(tsn);
        }
        self.outstanding.send(tsn, to, at);
        // If two timers ran out together, the record does not show which was first. The
        // second may have marked what the first sent.
        if self.both_ran_out.is_some_and(|both| at <= both + MOMENT) {
            self.outstanding.doubt(tsn);
        }
        self.start_t3(to, at);
        if was_elsewhere {
            self.perhaps_anew(to, at);
        }
    }

    /// T3-rtx of a path that is due may have run out immediately before and sent nothing,
    /// because of the chunks in flight on another path. In that case DATA has set the
    /// timer anew.
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

    /// T3-rtx, as it is set now.
    pub(super) fn t3(&self, rto: Span, at: Time) -> Armed {
        Armed {
            timer: TimerKind::T3,
            at,
            rto,
            allowed: self.stack.expiry(rto),
        }
    }

    pub(super) fn t3_expired(&mut self, address: IpAddr, at: Time) {
        let Some(path) = self.paths.get_mut(&address) else {
            return;
        };
        let (t3, perhaps) = (path.t3.take(), path.perhaps.take());
        let (before, is_unsure) = (path.state, path.is_unsure);
        let t3 = t3.map(|t3| self.as_reported(address, t3, at));
        let is_perhaps = |it: &Armed| it.is_due(at, self.handling);
        let t3 = match (t3, perhaps.filter(is_perhaps)) {
            (Some(t3), Some(perhaps)) if !t3.is_due(at, self.handling) => Some(perhaps),
            (None, Some(perhaps)) => Some(perhaps),
            (t3, _) => t3,
        };
        let mut others = self.paths.iter().filter(|(other, _)| **other != address);
        let may_be_another =
            others.any(|(_, path)| path.is_unsure || path.t3.is_some() || path.perhaps.is_some());
        // Where a timer was started or ran out unseen, a timer that is not due now is not the
        // one that ran out.
        let t3 = t3.filter(|t3| !is_unsure || t3.is_due(at, self.handling));
        let Some(path) = self.paths.get_mut(&address) else {
            return;
        };
        // Unless the expiry may have been of another timer, it was of this one, and a packet
        // shows what starts this timer anew.
        path.is_unsure &= may_be_another;
        if path.state != State::Inactive {
            path.errors = path.errors.saturating_add(1);
        }
        self.take_last_chance(address, at);
        self.overall = self.overall.saturating_add(1);
        // The packets that the expiry sends may be captured before the packet that shows
        // the expiry.
        let sent_before = Time::ZERO + (at - (Time::ZERO + MOMENT));
        self.outstanding.mark_all_before(address, sent_before);
        self.expired(address, t3, TimerKind::T3, true, at);
        self.after_an_error(address, before, at);
        self.doubt_heartbeat_set_at(address, before, at);
        let anew = self.t3(self.rto_now(address, at), at);
        // Where every chunk may be marked for retransmission, T3-rtx is perhaps not running.
        let is_running = self.outstanding.is_surely_in_flight(address);
        if self.outstanding.is_in_flight(address)
            && let Some(path) = self.paths.get_mut(&address)
        {
            match is_running {
                true => path.t3 = Some(anew),
                false => {
                    path.is_unsure = true;
                    path.perhaps = Some(anew);
                }
            }
        }
    }

    /// Follows a FORWARD TSN that was sent. Unless a packet that came in explains it, T3-rtx of
    /// a path has run out.
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
        let t3 = self.t3(self.rto_now(address, at), at);
        let Some(path) = self.paths.get_mut(&address) else {
            return;
        };
        path.last_data = Some(at);
        path.t3.get_or_insert(t3);
    }
}
