//! HEARTBEATs and their timers (RFC 9260 section 8.3).

use std::net::IpAddr;
use std::time::Duration;

use bounds::{Interval, Span, TimerKind};
use recording::Time;

use super::path::State;
use super::replay::{Replay, overdue};
use super::signs::is_near;
use super::{Armed, Healed};

impl Replay<'_, '_> {
    /// A HEARTBEAT was sent.
    pub(super) fn heartbeat(&mut self, address: IpAddr, at: Time) {
        let is_asked_for = is_near(&self.demands, at);
        let timer = self.paths.get(&address).and_then(|path| path.heartbeat);
        let timer = timer.map(|timer| self.as_postponed(address, timer, at));
        let timer = timer.map(|timer| self.as_reported(address, timer, at));
        let timer = timer.map(|timer| self.as_touched(address, timer, at));
        let timer = timer.map(|timer| self.as_wrapped(address, timer, at));
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

    /// No HEARTBEAT goes out where data went out within its time: its timer waits for
    /// the rest of it.
    pub(super) fn as_postponed(&self, address: IpAddr, timer: Armed, now: Time) -> Armed {
        let Some(path) = self.paths.get(&address) else {
            return timer;
        };
        let Some(sent) = path.last_data.max(path.last_data_perhaps) else {
            return timer;
        };
        let is_certain = path.last_data_perhaps.is_none_or(|it| it < sent);
        let interval = (!path.state.is_probed()).then(|| self.interval(address, now));
        let rto = self.rto_before(address, now);
        let rest = self.stack.heartbeat_timeout(interval, rto);
        let tick = self.stack.lateness.is.tick;
        let (least, most) = if timer.at <= sent {
            let since = Span::from(sent - timer.at);
            (since + rest - tick, self.stack.expiry(since + rest).most)
        } else {
            let before = Span::from(timer.at - sent);
            (rest - before - tick, self.stack.expiry(rest).most)
        };
        let mut timer = timer;
        let least = if is_certain { least } else { Span::ZERO };
        timer.allowed.least = timer.allowed.least.max(least);
        timer.allowed.most = timer.allowed.most.max(most);
        timer
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

    /// A HEARTBEAT timer that ran out where the kernel's clock had just begun anew. A path
    /// that never carried data counts as used at 0 of that clock, in 32 bits: until a
    /// pause later its HEARTBEATs wait (net/sctp/sm_sideeffect.c,
    /// `sctp_generate_heartbeat_event`). The clock begins anew 5 minutes after the boot
    /// (include/linux/jiffies.h, `INITIAL_JIFFIES`).
    fn as_wrapped(&self, address: IpAddr, timer: Armed, now: Time) -> Armed {
        let (Some((earliest, latest)), Some(path)) =
            (self.clock_begins_anew(), self.paths.get(&address))
        else {
            return timer;
        };
        let is_used = path.last_data.is_some() || path.last_data_perhaps.is_some();
        let interval = (!path.state.is_probed()).then(|| self.interval(address, now));
        let rto = self.rto_before(address, now);
        let rest = self.stack.heartbeat_timeout(interval, rto);
        let postponed = latest + self.stack.expiry(rest).most.into();
        let may_run_out = timer.latest() >= earliest && timer.soonest() <= latest + rest.into();
        let mut timer = timer;
        if !is_used && may_run_out && timer.at <= latest + rest.into() && postponed > timer.at {
            timer.allowed.most = timer.allowed.most.max((postponed - timer.at).into());
        }
        timer
    }

    /// Between which moments the kernel's clock begins anew in 32 bits, where the record
    /// tells how long it had been running.
    fn clock_begins_anew(&self) -> Option<(Time, Time)> {
        const AFTER: u64 = 300;
        /// The clock and the boot are some ticks apart.
        const APART: Duration = Duration::from_secs(1);
        let uptime = self.timeline.recording.info.uptime?;
        let left = Duration::from_secs(AFTER.checked_sub(uptime)?);
        let earliest = left.saturating_sub(APART * 2);
        Some((Time::ZERO + earliest, Time::ZERO + left + APART))
    }

    pub(super) fn heartbeat_ack(&mut self, address: IpAddr, asked: Time, at: Time) {
        let rto = self.rto_before(address, at);
        let longest = self.interval(address, at) + rto;
        if Span::from(at - asked) > longest + self.stack.lateness.is.tick {
            // It comes too late to be taken for an answer.
            return;
        }
        self.check_overdue(address, at);
        let why = format!("a HEARTBEAT ACK of {address}");
        // While a shutdown waits for DATA to be acknowledged, the association's count
        // stays (net/sctp/sm_sideeffect.c, `sctp_cmd_transport_on`).
        let of_association = self.overall;
        self.reset(address, at, why.clone());
        if self.samples.is_shutting_down(at) {
            self.overall = of_association;
        }
        if let Some(path) = self.paths.get_mut(&address) {
            if path.state == State::Inactive {
                self.life.healed.push(Healed {
                    at,
                    path: address,
                    asked: Some(asked),
                    why,
                });
            }
            path.unanswered = None;
            path.state = State::Active;
        }
        if !self.closing {
            self.set_heartbeat(address, at, self.rto_after(address, at));
        }
    }

    pub(super) fn set_heartbeat(&mut self, address: IpAddr, at: Time, rto: Span) {
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

    /// Notes it where a HEARTBEAT should have gone out by the end.
    pub(super) fn check_heartbeat(&mut self, address: IpAddr, now: Time) {
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
        let timer = self.as_wrapped(address, timer, now);
        let latest = postponed.map_or(timer.latest(), |postponed| postponed.max(timer.latest()));
        let is_overdue = now > latest + self.handling.into();
        // Whoever set a HEARTBEAT timer anew since then, or switched it off, knows
        // why.
        let was_touched = self.demands.iter().any(|demand| *demand >= timer.at);
        if is_overdue && timing.heartbeats && !was_touched {
            self.wrong(address, latest, overdue(&timer, address));
        }
    }
}
