//! Errors: the expiries that count them, the events that clear the count, and errors that
//! no timer explains.

use std::net::IpAddr;

use bounds::{Interval, Span, TimerKind};
use recording::{Direction, Time};
use wire::Chunk;

use super::outstanding::Waiting;
use super::path::State;
use super::replay::{MOMENT, Replay};
use super::{Armed, Expiry, Reset, Wrong};
use crate::timeline::SctpPacket;

impl Replay<'_, '_> {
    /// Records an expiry, and an error of the stack if the timer could not run out at
    /// that time.
    pub(super) fn expired(
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

    /// The state of a path after an error, as the kernel reported it. A path that has
    /// become potentially failed is probed from then on.
    pub(super) fn after_an_error(&mut self, address: IpAddr, before: State, at: Time) {
        let reported = self.samples.just_after(address, at);
        let timing = self.timing(address, at);
        let rto = self.rto_before(address, at);
        let limit = u32::from(timing.path_max_retrans);
        let reported = reported.map(|sample| State::of(&sample.state));
        let is_early = reported == Some(State::Inactive)
            && self
                .paths
                .get(&address)
                .is_some_and(|path| path.errors <= limit)
            && self.another_runs_out_next(address, at);
        let Some(path) = self.paths.get_mut(&address) else {
            return;
        };
        path.state = match reported {
            // A later error of this moment made the path inactive.
            Some(State::Inactive) if is_early => before,
            Some(state) => state,
            None if path.errors > limit && before != State::Unconfirmed => State::Inactive,
            None => before,
        };
        let is_changed = path.state != before;
        if before == State::Active && path.state == State::PotentiallyFailed {
            self.set_heartbeat(address, at, rto);
        }
        if is_changed {
            self.choose_paths_anew(at);
        }
    }

    /// Follows the change of a path's state: retransmissions may go to another path from now on,
    /// and the kernel tries to send them there at once (net/sctp/associola.c,
    /// `sctp_select_active_and_retran_path`).
    pub(super) fn choose_paths_anew(&mut self, at: Time) {
        self.retransmits_to = None;
        self.try_to_retransmit(at);
    }

    /// Whether another timer of a path runs out at this moment. Packets of this moment that
    /// are yet to be followed show it.
    fn another_runs_out_next(&self, address: IpAddr, at: Time) -> bool {
        let Some(path) = self.paths.get(&address) else {
            return false;
        };
        let t3_is_due = path.t3.is_some_and(|t3| t3.is_due(at, self.handling));
        let is_in_flight = |tsn| self.outstanding.place(tsn) == Some(Waiting::On(address));
        let heartbeat_is_due = path.unanswered.is_some_and(|asked| asked < at);
        let shows_it = |packet: &SctpPacket<'_>, chunk: &Chunk| match chunk {
            Chunk::Data(data) => t3_is_due && is_in_flight(data.tsn),
            Chunk::IData(data) => t3_is_due && is_in_flight(data.tsn),
            Chunk::Heartbeat(_) => heartbeat_is_due && packet.destination == address,
            _ => false,
        };
        let mut now = self.sent_at(at);
        now.any(|packet| {
            packet
                .sctp
                .chunks
                .iter()
                .any(|chunk| shows_it(packet, chunk))
        }) || self.request_runs_out_next(address, at)
    }

    /// The packets that were sent at this moment.
    pub(super) fn sent_at(&self, at: Time) -> impl Iterator<Item = &SctpPacket<'_>> {
        let packets = self.timeline.packets_of(self.of.node, self.of.association);
        packets.filter(move |packet| {
            let captured = &packet.captured;
            captured.direction == Direction::Out && captured.at >= at && captured.at <= at + MOMENT
        })
    }

    /// Clears the error counts of a path and of the association.
    pub(super) fn reset(&mut self, address: IpAddr, at: Time, why: String) {
        if !self.paths.contains_key(&address) {
            return;
        }
        let of_association = std::mem::take(&mut self.overall);
        self.clear(address, at, why, Some(of_association));
    }

    /// Clears the error count of a path alone.
    pub(super) fn reset_path(&mut self, address: IpAddr, at: Time, why: String) {
        self.clear(address, at, why, None);
    }

    fn clear(&mut self, address: IpAddr, at: Time, why: String, of_association: Option<u32>) {
        let Some(path) = self.paths.get_mut(&address) else {
            return;
        };
        let errors = std::mem::take(&mut path.errors);
        path.silent = 0;
        path.perhaps = None;
        if errors > 0 || of_association.unwrap_or(0) > 0 {
            self.life.resets.push(Reset {
                at,
                path: address,
                errors,
                of_association: of_association.is_some(),
                why,
            });
        }
    }

    /// The timer with the RTO that was really in force. A packet may have changed the RTO
    /// shortly before the error. If so, the kernel reported the new RTO only after the error,
    /// which had doubled it.
    pub(super) fn as_reported(&self, address: IpAddr, timer: Armed, now: Time) -> Armed {
        let is_prompt = self.samples.just_after(address, timer.at).is_some();
        let later = self.samples.next(address, timer.at);
        if timer.is_due(now, self.handling) || is_prompt {
            return timer;
        }
        let Some((when, reported)) = later else {
            return timer;
        };
        let reported = Span::from_millis(reported.rto_ms.into());
        let is_longest = reported >= self.timing(address, now).rto_max.into();
        // In virtual time, the RTO that was reported before the timer was set was in
        // force, unless an error that no packet shows had doubled it.
        let is_virtual = self.timeline.recording.info.engine.is_virtual();
        if is_virtual && !self.is_doubled_unseen(address, timer.at) {
            return timer;
        }
        // An RTO that was reported after the error is the double of the one in force, or
        // RTO.Max.
        let rtos = match when < now {
            true => [Some(reported), None],
            false => [Some(reported / 2), is_longest.then_some(reported)],
        };
        let interval = self.interval(address, timer.at);
        let candidates = rtos.into_iter().flatten().map(|rto| Armed {
            rto,
            allowed: match timer.timer {
                TimerKind::T3 => self.stack.expiry(rto),
                TimerKind::Probe => self.stack.heartbeat_pause(None, rto),
                _ => self.stack.heartbeat_pause(Some(interval), rto),
            },
            ..timer
        });
        let mut candidates = candidates;
        let due = candidates.find(|it| it.is_due(now, self.handling));
        due.filter(|it| it.rto > Span::ZERO).unwrap_or(timer)
    }

    /// Whether T3-rtx of a path may have run out without a packet that shows it, since
    /// the path's RTO was reported last.
    fn is_doubled_unseen(&self, address: IpAddr, at: Time) -> bool {
        let reported = self.samples.when(address, at);
        let mut expiries = self.life.expiries.iter().rev();
        self.paths.get(&address).is_some_and(|path| path.silent > 0)
            || expiries.any(|it| {
                it.silent && it.path == address && reported.is_none_or(|then| it.at > then)
            })
    }

    pub(super) fn wrong(&mut self, path: IpAddr, at: Time, words: String) {
        self.life.wrongs.push(Wrong { at, path, words });
    }
}
