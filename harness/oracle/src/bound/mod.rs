//! Judges the named bounds of the scenario language. Each timer that ran out is compared
//! with the value that it was set to, as the kernel reported it at that time.

mod association;
mod chain;
mod failover;
mod guarded;
mod heartbeat;
mod hidden;
mod init;
mod program;
mod rules;
mod shutdown;
mod told;
mod which;

use bounds::{Citation, Interval, Stack, TimerKind};
use recording::{Event, Time};
use scenario::{BoundKind, Expect, Scenario};

use super::life::{Expiry, Life, Of};
use super::slack::Slack;
use super::timeline::Timeline;

/// First words of the judgement on an expectation that was not met although every timer
/// ran out when it had to. In that case the scenario waits for an event that the stack
/// does not owe.
const RIGHT: &str = "the timers are right";

/// An expectation with a named bound, and the run that is judged.
pub(crate) struct Case<'a, 't> {
    pub(crate) scenario: &'a Scenario,
    pub(crate) timeline: &'a Timeline<'t>,
    pub(crate) stack: &'static Stack,
    pub(crate) expect: &'a Expect,
    /// The start of the step from which the bound counts.
    pub(crate) since: Time,
    /// The event that was waited for, if it was seen: index of its observation, and its
    /// time.
    pub(crate) seen: Option<(usize, Time)>,
    /// The time at which waiting ended.
    pub(crate) ended: Time,
}

/// The judgement on an expectation with a named bound.
#[derive(Debug)]
pub(crate) struct Judged {
    pub(crate) passed: bool,
    /// The moment from which the elapsed time counts.
    pub(crate) from: Time,
    /// `from` in words, where it is not the start of the step.
    pub(crate) clock: Option<String>,
    /// The earliest and the latest time at which the event had to be seen, where they can
    /// be computed.
    pub(crate) between: Option<Interval>,
    /// The sum of the timers, or what is wrong.
    pub(crate) words: String,
    /// Why the event was not seen, where the stack is right.
    pub(crate) cause: Option<String>,
    /// The timers that ran out before the event.
    pub(crate) timers: Vec<TimerKind>,
    /// The rules that the bound's numbers come from.
    pub(crate) rules: Vec<Citation>,
    /// Whether the judgement is that the stack is wrong by its timers.
    pub(crate) by_timers: bool,
}

impl Judged {
    /// A judgement without a bound, a cause or timers.
    pub(crate) fn new(passed: bool, from: Time, words: String) -> Self {
        Self {
            passed,
            from,
            clock: None,
            between: None,
            words,
            cause: None,
            timers: Vec::new(),
            rules: Vec::new(),
            by_timers: false,
        }
    }

    fn failed(from: Time, words: String) -> Self {
        Self::new(false, from, words)
    }

    /// A judgement that the stack is wrong by its timers.
    fn wrong(from: Time, words: String) -> Self {
        Self {
            by_timers: true,
            ..Self::failed(from, words)
        }
    }

    /// Marks the expectation as failed, since the stack is wrong by its timers.
    fn fail(&mut self, words: String) {
        self.passed = false;
        self.by_timers = true;
        self.words = format!("{words}; {}", self.words);
    }

    /// Adds the timers that ran out before the event.
    fn timed<'l>(mut self, expiries: impl IntoIterator<Item = &'l Expiry>) -> Self {
        self.timers.extend(expiries.into_iter().map(|it| it.timer));
        self
    }

    fn because(mut self, cause: impl Into<String>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// Adds a cause, where the timers themselves gave none.
    fn or_because(mut self, cause: Option<String>) -> Self {
        if self.words.starts_with(RIGHT) {
            self.cause = self.cause.or(cause);
        }
        self
    }
}

impl<'a> Case<'a, '_> {
    pub(crate) fn judge(&self, kind: BoundKind) -> Judged {
        let judged = match kind {
            BoundKind::Failover => failover::judge(self),
            BoundKind::Heartbeat => heartbeat::judge(self),
            BoundKind::Association => association::judge(self),
            BoundKind::Init => init::judge(self),
            BoundKind::Shutdown => shutdown::judge(self),
        };
        let judged = judged
            .and_then(|judged| self.as_of_a_program(judged))
            .and_then(|judged| self.as_far_as_told(judged));
        let mut judged = match judged {
            Ok(judged) => judged,
            Err(missing) => {
                if let Some(gone) = self.gone_before() {
                    let words = format!("{RIGHT}: {missing} any more");
                    return Judged::failed(self.since, words).because(gone);
                }
                let words = format!("the bound cannot be computed: {missing}");
                return Judged::failed(self.since, words);
            }
        };
        let rules = rules::rules(self.stack, kind, &judged.timers);
        judged.rules.splice(0..0, rules);
        judged
    }

    fn slack(&self) -> Slack {
        Slack::of(&self.timeline.recording.info)
    }

    fn endpoint(&self) -> &'a str {
        self.expect.at.as_str()
    }

    fn node(&self) -> &'a str {
        let at = &self.expect.at;
        let endpoint = self.scenario.endpoint(at).map(|it| &it.node);
        let mut programs = self.scenario.programs.iter();
        let program = || programs.find(|it| it.name == *at).map(|it| &it.node);
        endpoint.or_else(program).map_or("", |node| node.as_str())
    }

    /// The timers and errors of the association at this endpoint, up to `until`.
    fn life(&self, association: &recording::AssociationName, until: Time) -> Life {
        let of = Of {
            endpoint: self.endpoint(),
            node: self.node(),
            association,
        };
        // Once a one-to-one socket has read the end of the file, the lab asks no more for its
        // paths, though the kernel's shutdown may go on.
        let until = self.ended_at(association).map_or(until, |at| at.min(until));
        let mut life = Life::of(&of, self.timeline, self.stack, until);
        // Packets that an interface sent while it was down are not on record. So a packet
        // that is missing cannot be called wrong.
        if self.is_hidden(self.address()) {
            life.wrongs.clear();
        }
        life
    }

    /// When the association ended at this endpoint, as far as the lab knows.
    fn ended_at(&self, association: &recording::AssociationName) -> Option<Time> {
        let mut all = self.timeline.observations();
        all.find_map(|(_, it)| match &it.event {
            Event::AssociationEnded {
                endpoint,
                association: of,
                ..
            } if endpoint == self.endpoint() && of == association => Some(it.at),
            _ => None,
        })
    }

    /// The end of what is judged: the time of the event, or the time at which waiting ended.
    fn until(&self) -> Time {
        self.seen.map_or(self.ended, |(_, at)| at)
    }
}
