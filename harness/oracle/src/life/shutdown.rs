//! T2-shutdown (RFC 9260 section 9.2).

use std::net::IpAddr;

use bounds::TimerKind;
use recording::Time;

use super::Armed;
use super::path::State;
use super::replay::{AT_ONCE, Replay};

impl Replay<'_, '_> {
    /// A SHUTDOWN that answers DATA of the peer clears the association's count
    /// (net/sctp/sm_sideeffect.c, `SCTP_CMD_GEN_SHUTDOWN`).
    pub(super) fn shutdown_again(&mut self, at: Time) {
        let was_told = self.heard.is_some_and(|heard| at <= heard + AT_ONCE);
        let is_due = |timer: &Armed| timer.is_due(at, self.handling);
        let timers = self.t2.as_deref().unwrap_or_default();
        if was_told && !timers.iter().any(|(_, timer)| is_due(timer)) && !timers.is_empty() {
            self.overall = 0;
        }
    }

    /// A SHUTDOWN or SHUTDOWN ACK was sent, for the first time or again.
    pub(super) fn shutdown(&mut self, to: IpAddr, at: Time) {
        let was_told = self.heard.is_some_and(|heard| at <= heard + AT_ONCE);
        if let Some(timers) = self.t2.take() {
            // The path that times it is not always that which it is sent on: a
            // potentially failed one leaves that to another.
            let due = timers
                .iter()
                .find(|(_, timer)| timer.is_due(at, self.handling));
            // A packet that just came in may have nothing to do with it.
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
}
