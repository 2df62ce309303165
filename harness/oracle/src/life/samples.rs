use std::net::IpAddr;
use std::time::Duration;

use recording::{Event, PathSample, Time};

use super::Of;
use crate::slack::Slack;
use crate::timeline::Timeline;

/// A sample is taken so soon after what it shows, where the machine has time.
const PROMPT: Duration = Duration::from_millis(3);

/// What the kernel reported of the paths of an association's end, in order.
pub(super) struct Samples<'a> {
    paths: Vec<(Time, &'a PathSample)>,
    /// The association's own error count, where the kernel tells.
    errors: Vec<(Time, u32)>,
    /// When the kernel reported first that a shutdown was asked for.
    shutting_down: Option<Time>,
    /// When packets passed, in order, where a machine that is busy may be late to look.
    passed: Vec<Time>,
    /// How late it may be.
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
        let errors = timeline
            .observations()
            .filter_map(|(_, it)| match &it.event {
                Event::Association {
                    endpoint,
                    association,
                    sample,
                } if endpoint == of.endpoint && association == of.association => {
                    Some((it.at, sample.error_count?))
                }
                _ => None,
            });
        let shutting_down = timeline.observations().find_map(|(_, it)| match &it.event {
            Event::Association {
                endpoint,
                association,
                sample,
            } if endpoint == of.endpoint
                && association == of.association
                && sample.state.starts_with("SCTP_SHUTDOWN_") =>
            {
                Some(it.at)
            }
            _ => None,
        });
        let engine = timeline.recording.info.engine;
        let passed = if engine.is_virtual() {
            Vec::new()
        } else {
            let packets = timeline.packets_of(of.node, of.association);
            packets.map(|packet| packet.captured.at).collect()
        };
        Self {
            shutting_down,
            paths: samples.collect(),
            errors: errors.collect(),
            passed,
            late: Slack::of(&timeline.recording.info).handling.into(),
        }
    }

    /// Until when a sample shows what happened at that moment. In real time the look may
    /// be late; but once another packet has passed, it may show what that one did.
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

    /// Whether a shutdown had been asked for at that moment, as the kernel reported.
    pub(super) fn is_shutting_down(&self, at: Time) -> bool {
        self.shutting_down.is_some_and(|since| since <= at)
    }

    /// The association's error count before that moment.
    pub(super) fn of_association(&self, at: Time) -> Option<u32> {
        let earlier = self.errors.iter().take_while(|(when, _)| *when < at);
        earlier.last().map(|(_, errors)| *errors)
    }

    /// What a path was like before that moment, or else what was told of it first.
    pub(super) fn before(&self, path: IpAddr, at: Time) -> Option<&'a PathSample> {
        let mut of_path = self.paths.iter().filter(|(_, it)| it.address == path);
        let first = of_path.next()?;
        let later = of_path.take_while(|(when, _)| *when < at).last();
        Some(later.unwrap_or(first).1)
    }

    /// When that was reported.
    pub(super) fn when(&self, path: IpAddr, at: Time) -> Option<Time> {
        let earlier = self.paths.iter().take_while(|(when, _)| *when < at);
        let of_path = earlier.filter(|(_, it)| it.address == path);
        of_path.last().map(|(when, _)| *when)
    }

    /// What a path was like as soon as what happened at that moment was done.
    pub(super) fn after(&self, path: IpAddr, at: Time) -> Option<&'a PathSample> {
        self.before(path, self.shown_until(at))
    }

    /// What was reported of a path just then, if anything of it had changed.
    pub(super) fn just_after(&self, path: IpAddr, at: Time) -> Option<&'a PathSample> {
        let until = self.shown_until(at);
        let mut then = self
            .paths
            .iter()
            .filter(|(when, it)| it.address == path && *when >= at && *when < until);
        then.next_back().map(|(_, it)| *it)
    }

    /// What was reported of a path first, from that moment on.
    pub(super) fn next(&self, path: IpAddr, at: Time) -> Option<(Time, &'a PathSample)> {
        let mut later = self.paths.iter();
        let found = later.find(|(when, it)| it.address == path && *when >= at);
        found.copied()
    }

    /// The paths that anything was reported of.
    pub(super) fn addresses(&self) -> impl Iterator<Item = IpAddr> {
        self.paths.iter().map(|(_, it)| it.address)
    }
}
