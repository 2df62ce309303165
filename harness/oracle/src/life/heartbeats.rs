//! HEARTBEATs and their timers (RFC 9260 section 8.3).

use std::net::IpAddr;
use std::time::Duration;

use bounds::{Interval, Span, TimerKind, back_off};
use recording::Time;

use super::path::State;
use super::replay::{MOMENT, Replay, overdue};
use super::signs::is_near;
use super::{Armed, Healed};

impl Replay<'_, '_> {
    /// Follows a HEARTBEAT that was sent.
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
        // A timer that an error of this moment has just set is not the timer that ran
        // out. The error came after the HEARTBEAT, in whichever order both packets were
        // captured.
        let is_just_set = timer.is_some_and(|timer| timer.at + MOMENT >= at);
        let is_probe_set = is_just_set && before == State::PotentiallyFailed;
        let timer = timer.filter(|_| !is_asked_for && !is_just_set);
        self.expired(address, timer, kind, is_error, at);
        if is_error {
            self.after_an_error(address, before, at);
        }
        if is_asked_for {
            // The record does not show whether the timer was set anew then.
            if let Some(path) = self.paths.get_mut(&address) {
                path.heartbeat = None;
            }
        } else if !is_probe_set {
            let rto = self.rto_now(address, at);
            self.set_heartbeat(address, at, rto);
        }
    }

    /// The HEARTBEAT timer as data postponed it. No HEARTBEAT is sent where data was sent
    /// within the timer's length: when the timer runs out, the kernel sets it to the rest of
    /// that length (net/sctp/sm_sideeffect.c, `sctp_generate_heartbeat_event`). Data sent
    /// before the timer was set counts as well.
    pub(super) fn as_postponed(&self, address: IpAddr, timer: Armed, now: Time) -> Armed {
        let Some(path) = self.paths.get(&address) else {
            return timer;
        };
        let interval = (!path.state.is_probed()).then(|| self.interval(address, now));
        let (least, most) = (
            self.rto_before(address, now),
            self.rto_at_most(address, now),
        );
        let free = |sent: Time, rto: Span| {
            sent + Duration::from(self.stack.heartbeat_timeout(interval, rto))
        };
        let set = timer.at;
        let ran_out = timer.soonest();
        let mut timer = timer;
        if let Some(sent) = path.last_data {
            let rest = Span::from(free(sent, least) - set);
            let least = rest - self.stack.lateness.is.tick;
            timer.allowed.least = timer.allowed.least.max(least);
        }
        if let Some(sent) = path.last_data.max(path.last_data_perhaps) {
            let free = free(sent, most);
            let late = self.stack.lateness.is.of(Span::from(free - ran_out));
            let most = Span::from(free - set) + late;
            timer.allowed.most = timer.allowed.most.max(most);
        }
        timer
    }

    /// The greatest RTO that a path may have at that moment: the reported one, doubled for
    /// each time that T3-rtx may have run out unseen since.
    fn rto_at_most(&self, address: IpAddr, at: Time) -> Span {
        let reported = self.samples.when(address, at);
        let expiries = self.life.expiries.iter();
        let silent = expiries.filter(|it| {
            it.silent && it.path == address && reported.is_none_or(|reported| it.at > reported)
        });
        let timing = self.timing(address, at);
        silent.fold(self.rto_before(address, at), |rto, _| {
            back_off(rto, &timing)
        })
    }

    /// The HEARTBEAT timer, where HB.interval was changed while the timer ran. Some kernels
    /// set the timer anew at the change. Others let the timer run out, and use the new
    /// interval after that.
    pub(super) fn as_touched(&self, address: IpAddr, timer: Armed, now: Time) -> Armed {
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

    /// The HEARTBEAT timer, where it ran out shortly after the kernel's clock of 32 bits
    /// wrapped. A path that never carried data counts as used at 0 of that clock. So its
    /// HEARTBEATs wait for one pause after the clock has wrapped (net/sctp/sm_sideeffect.c,
    /// `sctp_generate_heartbeat_event`), which happens 5 minutes after the boot
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

    /// The earliest and the latest moment at which the kernel's 32-bit clock wraps, where
    /// the record says how long the kernel had been running.
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
            // The HEARTBEAT ACK comes too late to count as an answer
            // (net/sctp/sm_statefuns.c, `sctp_sf_backbeat_8_3`).
            return;
        }
        self.check_overdue(address, at);
        let why = format!("a HEARTBEAT ACK of {address}");
        // Once a shutdown has begun, a HEARTBEAT ACK leaves the association's count as it is
        // (net/sctp/sm_sideeffect.c, `sctp_cmd_transport_on`).
        if self.is_shutting_down(at) {
            self.reset_path(address, at, why.clone());
        } else {
            self.reset(address, at, why.clone());
        }
        let (mut was_down, mut is_changed) = (false, false);
        if let Some(path) = self.paths.get_mut(&address) {
            is_changed = path.state != State::Active;
            was_down = matches!(path.state, State::Inactive | State::Unconfirmed);
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
        if was_down && self.paths.len() == 1 {
            self.retransmit_at_once(address, at);
        }
        if is_changed {
            self.choose_paths_anew(at);
        }
        if !self.closing {
            self.set_heartbeat(address, at, self.rto_after(address, at));
        }
    }

    /// Where the only path is available again, the kernel retransmits at once, and sets T3-rtx
    /// even if nothing is in flight (net/sctp/transport.c, `sctp_transport_immediate_rtx`).
    fn retransmit_at_once(&mut self, address: IpAddr, at: Time) {
        self.outstanding.mark_all(address);
        let t3 = self.t3(self.rto_after(address, at), at);
        if let Some(path) = self.paths.get_mut(&address) {
            (path.t3, path.perhaps, path.forced) = (Some(t3), None, Some(at));
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

    /// Widens the HEARTBEAT timer of a path that an error of T3-rtx has just made inactive,
    /// if the timer was set at the same moment. The record does not show which came first. If
    /// T3-rtx did, the kernel set the timer with HB.interval. If not, the kernel set it
    /// without HB.interval, by the RTO before it was doubled.
    pub(super) fn doubt_heartbeat_set_at(&mut self, address: IpAddr, before: State, at: Time) {
        let interval = self.interval(address, at);
        let Some(path) = self.paths.get_mut(&address) else {
            return;
        };
        if path.state == before || path.state.is_probed() {
            return;
        }
        let just_set = path.heartbeat.as_mut().filter(|it| it.at + MOMENT >= at);
        if let Some(timer) = just_set {
            let with_interval = self.stack.heartbeat_pause(Some(interval), timer.rto);
            let without = self.stack.heartbeat_pause(None, timer.rto / 2);
            timer.allowed = timer.allowed.hull(with_interval).hull(without);
        }
    }

    /// Records an error of the stack where a HEARTBEAT had to be sent before this DATA, which
    /// came too late to postpone it.
    pub(super) fn check_before_data(&mut self, address: IpAddr, at: Time) {
        let is_late = self.paths.get(&address).is_some_and(|path| {
            let used = path.last_data.max(path.last_data_perhaps);
            path.heartbeat.is_some_and(|timer| {
                timer.is_overdue(at, self.handling)
                    && used.is_none_or(|used| Span::from(at - used) > timer.allowed.least)
            })
        });
        if is_late {
            self.check_heartbeat(address, at);
        }
    }

    /// Records an error of the stack where a HEARTBEAT had to be sent before now.
    pub(super) fn check_heartbeat(&mut self, address: IpAddr, now: Time) {
        let heartbeats = self.timing(address, now).heartbeats;
        let timer = self.paths.get(&address).and_then(|path| path.heartbeat);
        let Some(timer) = timer.filter(|_| self.was_established) else {
            // Until the association is up, the timer runs out without effect
            // (net/sctp/sm_statetable.c, `TYPE_SCTP_EVENT_TIMEOUT_HEARTBEAT`).
            return;
        };
        let timer = self.as_postponed(address, timer, now);
        let timer = self.as_wrapped(address, timer, now);
        let is_overdue = timer.is_overdue(now, self.handling);
        // A demand of the scenario since then set the timer anew, or switched HEARTBEATs
        // off.
        let was_touched = self.demands.iter().any(|demand| *demand >= timer.at);
        if is_overdue && heartbeats && !was_touched {
            self.wrong(address, timer.latest(), overdue(&timer, address));
        }
    }
}
