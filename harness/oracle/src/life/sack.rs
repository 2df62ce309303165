//! The effects of a SACK on T3-rtx and on error counts (RFC 9260 section 6.3.2).

use std::net::IpAddr;

use recording::Time;
use wire::chunk::Sack;

use super::Healed;
use super::path::{Path, State};
use super::replay::{Replay, overdue};

impl Replay<'_, '_> {
    pub(super) fn sack(&mut self, sack: &Sack, from: IpAddr, at: Time) {
        if self.outstanding.is_old(sack.cumulative_tsn_ack) {
            return;
        }
        self.sacked = Some(at);
        self.run_out_before_the_sack(at);
        // The window that the sender reckons with is the last one less what is in flight, so that
        // a chunk that is larger than the window probes it, too (net/sctp/output.c,
        // `sctp_packet_append_data`).
        let had_no_window = self
            .window
            .map_or(sack.a_rwnd == 0, |window| self.outstanding.fill(window));
        self.window = Some(sack.a_rwnd);
        let is_last_but_one = self
            .highest
            .is_some_and(|highest| sack.cumulative_tsn_ack.next() == highest);
        let is_one_missing = self.outstanding.miss(sack);
        let addresses: Vec<IpAddr> = self.paths.keys().copied().collect();
        for address in addresses {
            let done = self.outstanding.acknowledge(sack, address);
            if let Some(tsn) = done.new {
                self.life.last_chance = None;
                if let Some(path) = self.paths.get_mut(&address) {
                    path.acknowledged = Some(at);
                }
                let why = format!("a SACK acknowledged TSN {tsn}, which went to {address} last");
                self.reset(address, at, why.clone());
                // In Linux, a SACK heals a path only if the SACK comes from the path's own
                // address, and a potentially failed path stays so (net/sctp/outqueue.c,
                // `sctp_check_transmitted`).
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
            } else if done.taken_back {
                // The bytes that the SACK takes back count as well (the same function).
                let why = format!("a SACK took back what it had acknowledged of {address}");
                self.reset(address, at, why);
            } else if done.in_flight
                && had_no_window
                && is_last_but_one
                && !self.is_shutting_down(at)
            {
                // A probe of a closed window is the only chunk in flight. Once a shutdown has
                // begun, the answer clears no error count, so that a peer whose window stays
                // closed cannot keep the association for ever (the same function).
                let why = "a SACK answered a zero window probe".to_owned();
                self.reset(address, at, why);
            }
            if !done.in_flight {
                self.stop_t3(address, at);
                continue;
            }
            if done.cumulative || done.taken_back {
                self.check_overdue(address, at);
                self.restart_t3(address, at);
            }
            if self.outstanding.may_be_abandoned(address) {
                self.perhaps_stop_t3(address);
            }
        }
        self.outstanding.move_on(sack);
        if is_one_missing {
            self.try_to_retransmit(at);
        }
        if self.outstanding.is_empty() {
            for path in self.paths.values_mut() {
                path.is_unsure = false;
            }
        }
    }

    /// Starts T3-rtx of a path anew (RFC 9260 section 6.3.2, R3 and R4). By R4 a running timer
    /// goes on; Linux restarts it (net/sctp/outqueue.c, `sctp_check_transmitted`).
    fn restart_t3(&mut self, address: IpAddr, at: Time) {
        let t3 = self.t3(self.rto_after(address, at), at);
        if let Some(path) = self.paths.get_mut(&address) {
            path.t3 = Some(t3);
        }
    }

    /// Notes that a SACK has perhaps stopped T3-rtx of a path: it did if all chunks in flight there
    /// had been abandoned, which no packet shows before the FORWARD TSN (net/sctp/outqueue.c,
    /// `sctp_check_transmitted`).
    fn perhaps_stop_t3(&mut self, address: IpAddr) {
        if let Some(path) = self.paths.get_mut(&address)
            && let Some(t3) = path.t3.take()
        {
            path.is_unsure = true;
            path.perhaps = Some(t3);
        }
    }

    fn stop_t3(&mut self, address: IpAddr, at: Time) {
        self.check_overdue(address, at);
        if let Some(path) = self.paths.get_mut(&address)
            && let Some(t3) = path.t3.take()
        {
            path.stopped = Some((at, t3));
        }
    }

    /// Records an error of the stack where T3-rtx of a path had to run out before now.
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
        if !in_flight || has_nowhere_to_go || !self.was_established {
            // The timer has run out and sent nothing: nothing was in flight, or the path for
            // retransmissions was unconfirmed (net/sctp/outqueue.c, `sctp_outq_flush_rtx`). As
            // the other paths are before COOKIE ACK, when the kernel reports none of them.
            path.silent += 1;
            return;
        }
        self.wrong(address, t3.latest(), overdue(&t3, address));
    }
}
