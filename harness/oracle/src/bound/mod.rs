//! The named bounds of the scenario language, judged: each timer that ran out on the
//! way is held against what it was set to, by what the kernel reported then.

mod association;
mod chain;
mod failover;
mod heartbeat;
mod hidden;
mod init;
mod rules;
mod shutdown;
mod which;

use bounds::{Citation, Interval, Stack, TimerKind};
use recording::Time;
use scenario::{BoundKind, Expect, Scenario};

use super::life::{Expiry, Life, Of};
use super::slack::Slack;
use super::timeline::Timeline;

/// What begins the words of an expectation that is not met though every timer ran
/// out when it should have: the scenario asks for what did not come.
const RIGHT: &str = "the timers are right";

/// What is judged.
pub(crate) struct Case<'a, 't> {
    pub(crate) scenario: &'a Scenario,
    pub(crate) timeline: &'a Timeline<'t>,
    pub(crate) stack: &'static Stack,
    pub(crate) expect: &'a Expect,
    /// The start of the step from which it counts.
    pub(crate) since: Time,
    /// When it was seen: the index of the observation, and the moment.
    pub(crate) seen: Option<(usize, Time)>,
    /// When nobody waited for it any longer.
    pub(crate) ended: Time,
}

/// What came of it.
#[derive(Debug)]
pub(crate) struct Judged {
    pub(crate) passed: bool,
    /// From when the time counts.
    pub(crate) from: Time,
    /// That moment in words, where it is not the step's own.
    pub(crate) clock: Option<String>,
    /// Between which times it had to be seen, where that can be told.
    pub(crate) between: Option<Interval>,
    /// The sum, or what is wrong.
    pub(crate) words: String,
    /// Why it was not seen, where the stack is right.
    pub(crate) cause: Option<String>,
    /// The timers that ran out on the way.
    pub(crate) timers: Vec<TimerKind>,
    /// The rules that its numbers come from.
    pub(crate) rules: Vec<Citation>,
}

impl Judged {
    fn failed(from: Time, words: String) -> Self {
        Self {
            passed: false,
            from,
            clock: None,
            between: None,
            words,
            cause: None,
            timers: Vec::new(),
            rules: Vec::new(),
        }
    }

    /// By these timers.
    fn timed<'l>(mut self, expiries: impl IntoIterator<Item = &'l Expiry>) -> Self {
        self.timers.extend(expiries.into_iter().map(|it| it.timer));
        self
    }

    fn because(mut self, cause: impl Into<String>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// Where the timers themselves tell no cause.
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
        judged.rules = rules::rules(self.stack, kind, &judged.timers);
        judged
    }

    fn slack(&self) -> Slack {
        Slack::of(&self.timeline.recording.info)
    }

    fn endpoint(&self) -> &'a str {
        self.expect.at.as_str()
    }

    fn node(&self) -> &'a str {
        let endpoint = self.scenario.endpoint(&self.expect.at);
        endpoint.map_or("", |endpoint| endpoint.node.as_str())
    }

    /// The life of an association's end until that moment.
    fn life(&self, association: &recording::AssociationName, until: Time) -> Life {
        let of = Of {
            endpoint: self.endpoint(),
            node: self.node(),
            association,
        };
        let mut life = Life::of(&of, self.timeline, self.stack, until);
        // What was sent by an interface that was down is not on record: of what was, nothing
        // can be called wrong.
        if self.is_hidden(self.address()) {
            life.wrongs.clear();
        }
        life
    }

    /// The moment up to which there is something to judge.
    fn until(&self) -> Time {
        self.seen.map_or(self.ended, |(_, at)| at)
    }
}
