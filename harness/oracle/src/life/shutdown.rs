//! T2-shutdown (RFC 9260 section 9.2).

use std::net::IpAddr;

use bounds::TimerKind;
use recording::Time;

use super::Armed;
use super::path::{Path, State};
use super::replay::{AT_ONCE, Replay};

impl Replay<'_, '_> {
    /// Sets T5-shutdown-guard where T3-rtx runs out and the association has as many errors as
    /// it may, but its DATA waits for the peer's closed window: Linux gives the peer a last
    /// chance (net/sctp/sm_statefuns.c, `sctp_sf_do_6_3_3_rtx`). A peer that has sent a
    /// SHUTDOWN itself gets none: the state is no longer SHUTDOWN-PENDING.
    pub(super) fn take_last_chance(&mut self, address: IpAddr, at: Time) {
        let limit = u32::from(self.timing(address, at).association_max_retrans);
        let waits = self.window == Some(0)
            && !self.closing
            && !self.peer_is_closing
            && self.samples.is_shutting_down(at)
            && self.stack.last_chance.is;
        if waits && self.overall >= limit {
            self.life.last_chance.get_or_insert(at);
        }
    }

    /// Whether a shutdown has begun. A SHUTDOWN of the peer changes the state before it
    /// acknowledges anything (net/sctp/sm_statefuns.c, `sctp_sf_do_9_2_shutdown`).
    pub(super) fn is_shutting_down(&self, at: Time) -> bool {
        self.peer_is_closing || self.samples.is_shutting_down(at)
    }

    /// Follows a SHUTDOWN. One that answers DATA of the peer clears the association's
    /// error count, and sets T2 anew to its previous length (net/sctp/sm_sideeffect.c,
    /// `SCTP_CMD_GEN_SHUTDOWN`). A SACK goes with it, which tells it from one that T2 sends at
    /// the same moment (net/sctp/sm_statefuns.c, `sctp_sf_eat_data_fast_4_4`).
    pub(super) fn shutdown(&mut self, to: IpAddr, with_sack: bool, at: Time) {
        let was_told = self.heard.is_some_and(|heard| at <= heard + AT_ONCE);
        let is_due = |timer: &Armed| timer.is_due(at, self.handling);
        match &mut self.t2 {
            Some(timers)
                if was_told && (with_sack || !timers.iter().any(|(_, timer)| is_due(timer))) =>
            {
                self.overall = 0;
                for (_, timer) in timers {
                    timer.at = at;
                }
            }
            _ => self.shutdown_or_ack(to, at),
        }
    }

    /// Follows a SHUTDOWN or SHUTDOWN ACK, sent for the first time or again.
    pub(super) fn shutdown_or_ack(&mut self, to: IpAddr, at: Time) {
        let was_told = self.heard.is_some_and(|heard| at <= heard + AT_ONCE);
        if let Some(timers) = self.t2.take() {
            // Of the paths that may have set the timer, keep those on which the kernel
            // has just counted an error, if it reports any.
            let is_told = |(address, _): &&(IpAddr, Armed)| self.tells_of_an_error(*address, at);
            let told: Vec<(IpAddr, Armed)> = timers.iter().filter(is_told).copied().collect();
            let timers = if told.is_empty() { timers } else { told };
            let due = timers
                .iter()
                .find(|(_, timer)| timer.is_due(at, self.handling));
            // Where no timer was due, a packet that has just come in is the reason for this chunk.
            let first = timers.first().filter(|_| !was_told);
            if let Some((address, timer)) = due.or(first).copied() {
                if let Some(path) = self.paths.get_mut(&address)
                    && path.state != State::Inactive
                {
                    path.errors = path.errors.saturating_add(1);
                }
                self.overall = self.overall.saturating_add(1);
                self.expired(address, Some(timer), TimerKind::T2, true, at);
            }
        }
        // The path whose RTO sets the timer is not always the path on which the chunk is
        // sent: a path that is not active leaves the sending to another
        // (net/sctp/outqueue.c, `sctp_outq_select_transport`).
        let others = self
            .paths
            .iter()
            .filter(|(address, path)| **address != to && !self.is_active(**address, path, at));
        let others: Vec<IpAddr> = others.map(|(address, _)| *address).collect();
        let timers = [to].into_iter().chain(others).flat_map(|address| {
            let timers = self.timers_of_path(TimerKind::T2, address, at);
            timers.map(|timer| (address, timer))
        });
        self.t2 = Some(timers.collect());
        self.life.shutdown.get_or_insert(at);
        self.closing = true;
        for path in self.paths.values_mut() {
            path.heartbeat = None;
        }
    }

    /// Whether a path was active before and after that moment, by the rules and by the
    /// kernel's samples.
    fn is_active(&self, address: IpAddr, path: &Path, at: Time) -> bool {
        let reported = [
            self.samples.before(address, at),
            self.samples.after(address, at),
        ];
        let mut reported = reported.into_iter().flatten();
        path.state == State::Active && reported.all(|it| State::of(&it.state) == State::Active)
    }
}
