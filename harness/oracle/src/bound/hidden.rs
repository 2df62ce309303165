//! Bounds for timers that the capture does not show. A path whose interface is down, or that
//! lacks a route, sends no packet, but its timers keep running.

use std::collections::BTreeSet;
use std::net::IpAddr;

use bounds::{Driver, Forecast, Interval, Span, Stack, TimerKind, Timing};
use recording::{AssociationName, Direction, Time};
use scenario::{Action, LinkDown, Step};
use wire::Chunk;
use wire::chunk::{Data, IData};

use super::{Case, Judged};

/// A function that computes the forecast of a bound from the RTOs of the paths.
type Reckon<'f> = dyn Fn(&Stack, Driver, &[Span], &Timing) -> Forecast + 'f;

impl Case<'_, '_> {
    /// Whether an interface of the endpoint's node was down while the expectation was
    /// waited for, or a route of the node was missing: that of the path, or any if `path` is
    /// `None`.
    pub(super) fn is_hidden(&self, path: Option<IpAddr>) -> bool {
        self.is_hidden_by(path, self.until())
    }

    fn is_hidden_by(&self, path: Option<IpAddr>, by: Time) -> bool {
        self.scenario.steps.iter().any(|step| {
            let started = self.timeline.start_of(&step.name);
            let is_done = started.is_some_and(|started| started <= by);
            is_done
                && match &step.action {
                    Action::LinkDown(down) => self.takes_down(down, path),
                    Action::RemoveRoute(it) => {
                        it.node.as_str() == self.node()
                            && path.is_none_or(|path| it.route.to.contains(&path))
                    }
                    _ => false,
                }
        })
    }

    /// Whether an interface of the endpoint's node goes down, the one of the path.
    fn takes_down(&self, down: &LinkDown, path: Option<IpAddr>) -> bool {
        let link = self
            .scenario
            .links
            .iter()
            .find(|link| link.name == down.link);
        let is_here = link.is_some_and(|link| {
            let mut ends = link.ends.iter();
            ends.any(|end| end.node.as_str() == self.node())
        });
        let is_this_end = down
            .node
            .as_ref()
            .is_none_or(|node| node.as_str() == self.node());
        let is_of_path = path.is_none_or(|path| link.is_some_and(|link| link.has_address(path)));
        is_here && is_this_end && is_of_path
    }

    /// What hid packets, in words.
    pub(super) fn hidden_by(&self) -> &'static str {
        let is_here = |step: &Step| {
            self.timeline.start_of(&step.name).is_some()
                && matches!(&step.action, Action::LinkDown(down) if self.takes_down(down, None))
        };
        match self.scenario.steps.iter().any(is_here) {
            true => "an interface was down",
            false => "a route was missing",
        }
    }

    /// Whether packets had been hidden for a while before the step from which the bound counts.
    fn was_hidden_before(&self) -> bool {
        let before = self.since - (Time::ZERO + self.slack().notice);
        self.is_hidden_by(None, Time::ZERO + before)
    }

    /// Whether the endpoint was to send ASCONF or RE-CONFIG. Their timers count errors
    /// beside those of data and HEARTBEATs.
    fn has_asked(&self) -> bool {
        let is_stream_option =
            |word: &str| matches!(word, "add-streams" | "reset-streams" | "reset-association");
        let mut steps = self.scenario.steps.iter();
        steps.any(|step| match &step.action {
            Action::AddAddress(it) => it.at == self.expect.at,
            Action::DeleteAddress(it) => it.at == self.expect.at,
            Action::SetPeerPrimary(it) => it.at == self.expect.at,
            Action::Set(set) => {
                set.at == self.expect.at && set.options.iter().any(|it| is_stream_option(it.word()))
            }
            _ => false,
        })
    }

    /// The shortest time in which all timers of this many paths together can count this
    /// many errors. At least one of the timers must count its share of the errors, and
    /// each error doubles its RTO.
    pub(super) fn soonest_of_all(
        &self,
        stack: &Stack,
        paths: usize,
        errors: u16,
        rto: Span,
        timing: &Timing,
    ) -> Option<Span> {
        if !self.has_asked() {
            return None;
        }
        // Each path has T3-rtx and a HEARTBEAT timer; ASCONF and RE-CONFIG have one timer
        // each.
        let timers = u16::try_from(2 * paths + 2).unwrap_or(u16::MAX);
        let share = Timing {
            path_max_retrans: (errors / timers).saturating_sub(1),
            potentially_failed: None,
            ..*timing
        };
        Some(
            bounds::failover(stack, Driver::Data, rto, &share)
                .interval
                .least,
        )
    }

    /// The RTO of a path when its fault began.
    pub(super) fn rto(&self, association: &AssociationName, path: IpAddr) -> Vec<Span> {
        let paths = self
            .timeline
            .paths_of(self.endpoint(), Some(association), self.since);
        let of_path = paths.iter().filter(|sample| sample.address == path);
        of_path
            .map(|it| Span::from_millis(it.rto_ms.into()))
            .collect()
    }

    /// The RTO of each path of an association when its fault began.
    pub(super) fn rtos(&self, association: &AssociationName) -> Vec<Span> {
        let paths = self
            .timeline
            .paths_of(self.endpoint(), Some(association), self.since);
        paths
            .iter()
            .map(|it| Span::from_millis(it.rto_ms.into()))
            .collect()
    }

    /// The time at which an ABORT of the peer ended the association, if one did before
    /// `at`.
    pub(super) fn aborted(&self, association: &AssociationName, at: Time) -> Option<Time> {
        let mut packets = self.timeline.packets_of(self.node(), association);
        packets
            .find(|packet| {
                packet.captured.direction == Direction::In
                    && packet.captured.at <= at
                    && packet.captured.at >= self.since
                    && packet
                        .sctp
                        .chunks
                        .iter()
                        .any(|it| matches!(it, Chunk::Abort(_)))
            })
            .map(|packet| packet.captured.at)
    }

    /// Number of packets with retransmitted DATA that left the endpoint while the
    /// expectation was waited for.
    fn sent_again(&self, association: &AssociationName) -> u64 {
        let packets = self.timeline.packets_of(self.node(), association);
        let mut sent = BTreeSet::new();
        let again = packets.filter(|packet| {
            let is_out = packet.captured.direction == Direction::Out;
            let mut has_again = false;
            for chunk in packet.sctp.chunks.iter().filter(|_| is_out) {
                if let Chunk::Data(Data { tsn, .. }) | Chunk::IData(IData { tsn, .. }) = chunk {
                    has_again |= !sent.insert(tsn.0);
                }
            }
            has_again && packet.captured.at >= self.since && packet.captured.at <= self.until()
        });
        again.map(|_| 1).sum()
    }

    /// Judges by the shortest and the longest time that the stack may take, where single
    /// timers are not on record. `counts` says whether errors are counted all that time.
    pub(super) fn by_forecast(
        &self,
        rtos: &[Span],
        association: &AssociationName,
        counts: bool,
        reckon: impl Fn(&Stack, Driver, &[Span], &Timing) -> Forecast,
    ) -> Judged {
        let reckon: &Reckon<'_> = &reckon;
        let reported = self.timeline.timers(
            self.endpoint(),
            Some(association),
            self.address(),
            self.until(),
        );
        let timing = reported.unwrap_or(Timing::DEFAULT);
        let without = Timing {
            potentially_failed: None,
            ..timing
        };
        let slowest = rtos.iter().copied().max().unwrap_or(timing.rto_max.into());
        let idle = self
            .stack
            .heartbeat_pause(Some(timing.heartbeat_interval.into()), slowest);
        // A retransmission on a path that is down is lost and not on record; only its repetition
        // on another path is. The lost one makes its path count as used, so that the HEARTBEAT
        // of the path waits once more.
        let pause = self.stack.heartbeat_pause(
            Some(timing.heartbeat_interval.into()),
            timing.rto_max.into(),
        );
        let again = if counts {
            self.sent_again(association)
        } else {
            0
        };
        let put_off = pause.most * again;
        // Errors may have been counted before the step from which the bound counts.
        let had_errors = counts && self.was_hidden_before();
        let forecasts = [&timing, &without].into_iter().flat_map(|timing| {
            [Driver::Data, Driver::Heartbeats]
                .map(|driver| reckon(self.stack, driver, rtos, timing))
        });
        let whole = forecasts
            .filter(|forecast| forecast.never.is_none())
            .map(|forecast| forecast.interval)
            .reduce(Interval::hull)
            .unwrap_or(Interval::ANY);
        let least = match had_errors {
            true => Span::ZERO,
            false => whole.least - slowest,
        };
        Judged {
            // The first packet may have been lost immediately before, or one interval
            // later.
            between: Some(
                self.slack()
                    .noticed(least, whole.most + idle.most + put_off),
            ),
            timers: vec![TimerKind::T3, TimerKind::Heartbeat, TimerKind::Probe],
            ..Judged::new(
                self.seen.is_some(),
                self.since,
                format!(
                    "all timers together, with up to {} s until the first of them was set{}: {}, and \
                     what was lost there is not on record",
                    idle.most,
                    match again {
                        0 => String::new(),
                        _ => format!(
                            ", and {again} × {} s for what was sent again and may have put \
                         HEARTBEATs off",
                            pause.most
                        ),
                    },
                    self.hidden_by()
                ),
            )
        }
    }
}
