//! The states that the kernel reported at one end of an association, looked up by time.

use std::net::IpAddr;
use std::time::Duration;

use recording::{AssociationSample, Event, PathSample, Time};

use super::Of;
use crate::slack::Slack;
use crate::timeline::Timeline;

/// The longest time from an event to the sample that shows it, on a machine that is not
/// busy.
const PROMPT: Duration = Duration::from_millis(3);

/// The states of paths that the kernel reported at one end of an association, in order.
pub(super) struct Samples<'a> {
    paths: Vec<(Time, &'a PathSample)>,
    /// The error count of the association, where the kernel reports it.
    errors: Vec<(Time, u32)>,
    /// The last state of the association that the kernel reported, and when.
    last: Option<(Time, &'a str)>,
    /// The time at which the kernel first reported a shutdown.
    shutting_down: Option<Time>,
    /// The times of the packets, in order. Empty in virtual time, where samples are never
    /// late.
    passed: Vec<Time>,
    /// The longest delay of a sample on a busy machine.
    late: Duration,
}

impl<'a> Samples<'a> {
    pub(super) fn of(of: &Of<'_>, timeline: &Timeline<'a>) -> Self {
        let samples = timeline
            .observations()
            .filter_map(|(_, it)| match &it.event {
                Event::Path {
                    endpoint,
                    association,
                    sample,
                } if endpoint == of.endpoint && association == of.association => {
                    Some((it.at, sample))
                }
                _ => None,
            });
        let of_association: Vec<(Time, &AssociationSample)> = timeline
            .observations()
            .filter_map(|(_, it)| match &it.event {
                Event::Association {
                    endpoint,
                    association,
                    sample,
                } if endpoint == of.endpoint && association == of.association => {
                    Some((it.at, sample))
                }
                _ => None,
            })
            .collect();
        let all = of_association.iter();
        let errors = all.filter_map(|(at, sample)| Some((*at, sample.error_count?)));
        let mut all = of_association.iter();
        let shutting_down = all.find(|(_, sample)| sample.state.starts_with("SCTP_SHUTDOWN_"));
        let last = of_association.last();
        let engine = timeline.recording.info.engine;
        let passed = if engine.is_virtual() {
            Vec::new()
        } else {
            let packets = timeline.packets_of(of.node, of.association);
            packets.map(|packet| packet.captured.at).collect()
        };
        Self {
            last: last.map(|(at, sample)| (*at, sample.state.as_str())),
            shutting_down: shutting_down.map(|(at, _)| *at),
            paths: samples.collect(),
            errors: errors.collect(),
            passed,
            late: Slack::of(&timeline.recording.info).handling.into(),
        }
    }

    /// The latest time at which a sample shows the event of that moment. In real time a
    /// sample may be late. Once another packet has passed, however, a sample may show the
    /// effect of that packet.
    fn shown_until(&self, at: Time) -> Time {
        let prompt = at + PROMPT;
        if self.passed.is_empty() {
            return prompt;
        }
        let next = self.passed.partition_point(|passed| *passed <= at);
        let late = at + self.late;
        let next = self.passed.get(next).map_or(late, |next| late.min(*next));
        prompt.max(next)
    }

    /// Whether the kernel had reported a shutdown by that moment.
    pub(super) fn is_shutting_down(&self, at: Time) -> bool {
        self.shutting_down.is_some_and(|since| since <= at)
    }

    /// Whether the kernel had the association no more by that moment, and never reported that it
    /// was up.
    pub(super) fn has_never_been_up(&self, at: Time) -> bool {
        self.last
            .is_some_and(|(when, state)| when < at && state.starts_with("SCTP_COOKIE_"))
    }

    /// The association's error count before that moment.
    pub(super) fn of_association(&self, at: Time) -> Option<u32> {
        let earlier = self.errors.iter().take_while(|(when, _)| *when < at);
        earlier.last().map(|(_, errors)| *errors)
    }

    /// The last sample of a path before that moment, or else its first sample.
    pub(super) fn before(&self, path: IpAddr, at: Time) -> Option<&'a PathSample> {
        let mut of_path = self.paths.iter().filter(|(_, it)| it.address == path);
        let first = of_path.next()?;
        let later = of_path.take_while(|(when, _)| *when < at).last();
        Some(later.unwrap_or(first).1)
    }

    /// The time of the last sample of a path before that moment.
    pub(super) fn when(&self, path: IpAddr, at: Time) -> Option<Time> {
        let earlier = self.paths.iter().take_while(|(when, _)| *when < at);
        let of_path = earlier.filter(|(_, it)| it.address == path);
        of_path.last().map(|(when, _)| *when)
    }

    /// The last sample of a path that still shows the events of that moment.
    pub(super) fn after(&self, path: IpAddr, at: Time) -> Option<&'a PathSample> {
        self.before(path, self.shown_until(at))
    }

    /// The sample of a path that shows a change at that moment, if there is one.
    pub(super) fn just_after(&self, path: IpAddr, at: Time) -> Option<&'a PathSample> {
        let until = self.shown_until(at);
        let mut then = self
            .paths
            .iter()
            .filter(|(when, it)| it.address == path && *when >= at && *when < until);
        then.next_back().map(|(_, it)| *it)
    }

    /// The first sample of a path from that moment on.
    pub(super) fn next(&self, path: IpAddr, at: Time) -> Option<(Time, &'a PathSample)> {
        let mut later = self.paths.iter();
        let found = later.find(|(when, it)| it.address == path && *when >= at);
        found.copied()
    }

    /// The paths of which samples exist.
    pub(super) fn addresses(&self) -> impl Iterator<Item = IpAddr> {
        self.paths.iter().map(|(_, it)| it.address)
    }
}
