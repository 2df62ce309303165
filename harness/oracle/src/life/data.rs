//! DATA and its timer, T3-rtx (RFC 9260 section 6.3).

use std::net::IpAddr;

use bounds::{Span, TimerKind};
use recording::Time;
use wire::{Chunk, Tsn};

use super::Armed;
use super::outstanding::Waiting;
use super::path::State;
use super::replay::{AT_ONCE, MOMENT, Replay};
use super::signs::is_at;

impl Replay<'_, '_> {
    /// Follows a DATA chunk that was sent, for the first time or again.
    pub(super) fn data(&mut self, tsn: Tsn, size: usize, to: IpAddr, with_cookie: bool, at: Time) {
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
            self.perhaps_not_stopped(to, at);
        }
        if self.highest.is_none_or(|highest| highest.precedes(tsn)) {
            self.highest = Some(tsn);
        }
        self.outstanding.send(tsn, size, to, at);
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

    /// Of several SACKs of one moment, the third may make the kernel send DATA again (RFC 9260
    /// section 7.2.4) before the last comes, which then finds DATA in flight and leaves T3-rtx
    /// running (net/sctp/outqueue.c, `sctp_check_transmitted`).
    fn perhaps_not_stopped(&mut self, address: IpAddr, at: Time) {
        if let Some(path) = self.paths.get_mut(&address)
            && path.t3.is_none()
            && let Some((_, t3)) = path.stopped.filter(|(when, _)| at <= *when + MOMENT)
        {
            path.is_unsure = true;
            path.perhaps.get_or_insert(t3);
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
        // A HEARTBEAT raises the congestion window and lets marked chunks go, so the record does
        // not show which of the chunks of this moment were sent before the expiry
        // (net/sctp/sm_statefuns.c, `sctp_sf_sendbeat_8_3`).
        if is_at(&self.heartbeats, at) {
            self.both_ran_out = Some(at);
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

    /// Follows a FORWARD TSN that was sent. A SACK or an expiry of T3-rtx makes the kernel send
    /// one (net/sctp/outqueue.c, `sctp_outq_sack` and `sctp_retransmit`).
    pub(super) fn forward(&mut self, point: Tsn, to: IpAddr, at: Time) {
        let was_told = self.sacked.is_some_and(|sacked| at <= sacked + AT_ONCE);
        if let Some(address) = self.due_for_a_forward(was_told, at) {
            self.t3_expired(address, at);
        }
        if self.outstanding.is_acknowledged(point) {
            // Of several SACKs of one moment, an earlier one made the kernel send this, and the
            // last one has set or stopped T3-rtx.
            self.use_path(to, at);
            return;
        }
        self.outstanding.abandon(point);
        if was_told {
            // The SACK found nothing in flight but abandoned chunks, which count no more, and so
            // it stopped T3-rtx. The FORWARD TSN starts it anew (`sctp_check_transmitted` and
            // `sctp_outq_flush_ctrl`).
            for (address, path) in &mut self.paths {
                if !self.outstanding.is_in_flight(*address) {
                    (path.t3, path.perhaps) = (None, None);
                }
            }
        }
        self.start_t3(to, at);
    }

    /// The path whose expiry of T3-rtx made the kernel send a FORWARD TSN, unless a SACK did.
    fn due_for_a_forward(&self, was_told: bool, at: Time) -> Option<IpAddr> {
        let is_due = |timer: Option<Armed>| timer.is_some_and(|it| it.is_due(at, self.handling));
        let (sure, unsure): (Vec<_>, Vec<_>) = self
            .paths
            .iter()
            .filter(|(_, path)| is_due(path.t3) || is_due(path.perhaps))
            .partition(|(_, path)| is_due(path.t3));
        let due = sure.into_iter().chain(unsure);
        let due: Vec<IpAddr> = due.map(|(address, _)| *address).collect();
        let mut all = due.iter();
        // DATA that was in flight there and is sent again at this moment shows the path.
        if let Some(address) = all.find(|address| self.sends_again(**address, at)) {
            return Some(*address);
        }
        if was_told {
            return None;
        }
        let mut all = due.iter();
        let told = all.find(|address| self.tells_of_an_error(**address, at));
        told.or(due.first()).copied()
    }

    /// Whether DATA that was in flight on a path is sent again at this moment.
    fn sends_again(&self, address: IpAddr, at: Time) -> bool {
        let is_in_flight = |tsn| self.outstanding.place(tsn) == Some(Waiting::On(address));
        let shows_it = |chunk: &Chunk| match chunk {
            Chunk::Data(data) => is_in_flight(data.tsn),
            Chunk::IData(data) => is_in_flight(data.tsn),
            _ => false,
        };
        let mut now = self.sent_at(at);
        now.any(|packet| packet.sctp.chunks.iter().any(shows_it))
    }

    /// Starts T3-rtx of a path, unless it is running.
    fn start_t3(&mut self, address: IpAddr, at: Time) {
        self.use_path(address, at);
        let t3 = self.t3(self.rto_now(address, at), at);
        if let Some(path) = self.paths.get_mut(&address) {
            path.t3.get_or_insert(t3);
        }
    }

    /// Notes that DATA or FORWARD TSN was sent on a path.
    fn use_path(&mut self, address: IpAddr, at: Time) {
        self.check_before_data(address, at);
        if let Some(path) = self.paths.get_mut(&address) {
            path.last_data = Some(at);
        }
    }
}
