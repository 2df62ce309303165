//! Scripted peers: the lab sends and receives packets in place of a kernel, as the steps
//! say. A peer has no state machine of its own.

mod compare;
mod heard;
mod host;
mod icmp;
mod keys;
mod memory;
mod say;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

use recording::Time;
use scenario::{Answer, Await, Emit, PacketWanted, Silence, Skip};
use tokio::sync::Notify;
use wire::ChunkType;

use super::journal::Journal;
use super::step_error::StepError;
use compare::Difference;
use heard::Heard;
use host::Host;
use memory::Memory;

pub(crate) use host::open;

/// A scripted peer of a run.
pub(crate) struct Peer {
    config: scenario::Peer,
    journal: Rc<Journal>,
    host: Rc<Host>,
    /// The time that the way to the other side may take, beyond what a step allows.
    slack: Duration,
    state: RefCell<State>,
    arrived: Notify,
}

struct State {
    memory: Memory,
    /// Received packets that no step has looked at yet.
    unheard: VecDeque<Heard>,
    answers: Answers,
}

/// The chunks that the peer answers by itself.
#[derive(Clone, Copy, Default)]
struct Answers {
    heartbeats: bool,
    data: bool,
}

impl Peer {
    fn new(
        config: &scenario::Peer,
        host: &Rc<Host>,
        journal: &Rc<Journal>,
        slack: Duration,
    ) -> Rc<Self> {
        Rc::new(Self {
            config: config.clone(),
            journal: Rc::clone(journal),
            host: Rc::clone(host),
            slack,
            state: RefCell::new(State {
                memory: Memory::new(config),
                unheard: VecDeque::new(),
                answers: Answers::default(),
            }),
            arrived: Notify::new(),
        })
    }

    /// Takes note of a packet, and answers it where the step `answer` asks for that.
    fn hear(&self, heard: Heard) {
        let answers = {
            let mut state = self.state.borrow_mut();
            state.memory.hear(&heard);
            state.answers
        };
        // An answer that cannot be sent shows where a later step misses it.
        let _ = self.answer(&heard, answers);
        self.state.borrow_mut().unheard.push_back(heard);
        self.arrived.notify_waiters();
    }

    /// Sends the packet that a step describes.
    pub(crate) fn emit(&self, it: &Emit) -> Result<(), StepError> {
        match &it.icmp {
            Some(icmp) => self.report(it, icmp)?,
            None => self.say(it)?,
        }
        let mut state = self.state.borrow_mut();
        state.memory.bind(&it.bind, None)
    }

    pub(crate) fn answers(&self, it: &Answer) {
        self.state.borrow_mut().answers = Answers {
            heartbeats: it.heartbeats,
            data: it.data,
        };
    }

    /// Waits for the packet that a step describes.
    pub(crate) async fn hears(&self, it: &Await) -> Result<(), StepError> {
        let start = self.journal.now();
        let mut skipped = Vec::new();
        while let Some(heard) = self.next(start, it.within + self.slack).await? {
            let differences = self.compare(&it.either, &heard)?;
            let Some(differences) = differences else {
                let after = heard.at - start;
                if after < it.not_before.saturating_sub(self.slack) {
                    return Err(StepError::new(format!(
                        "it came {} after the step began: too soon",
                        shown(after)
                    )));
                }
                let mut state = self.state.borrow_mut();
                state.memory.have_awaited(&heard);
                return state.memory.bind(&it.bind, Some(&heard));
            };
            if !self.skips(&it.skip, &heard) {
                let expected = expected(&it.either);
                return Err(StepError::new(compare::side_by_side(
                    &expected,
                    &heard,
                    heard.at - start,
                    &differences,
                )));
            }
            skipped.push(heard.to_string());
        }
        if it.or_nothing {
            return Ok(());
        }
        let skipped = match skipped.as_slice() {
            [] => String::new(),
            all => format!("; passed over: {}", all.join("; ")),
        };
        Err(StepError::new(format!(
            "expected {}, and no such packet came in {}{skipped}",
            expected(&it.either),
            shown(it.within),
        )))
    }

    /// Waits for a time in which no packet may come.
    pub(crate) async fn hears_nothing(&self, it: &Silence) -> Result<(), StepError> {
        let start = self.journal.now();
        while let Some(heard) = self.next(start, it.duration).await? {
            if self.skips(&it.skip, &heard) {
                continue;
            }
            if it.of.is_empty() || self.compare(&it.of, &heard)?.is_none() {
                return Err(StepError::new(format!(
                    "{heard} came {} after the step began",
                    shown(heard.at - start)
                )));
            }
        }
        Ok(())
    }

    /// The next packet, if one comes within a time after `start`.
    async fn next(&self, start: Time, within: Duration) -> Result<Option<Heard>, StepError> {
        loop {
            let arrived = self.arrived.notified();
            tokio::pin!(arrived);
            // Armed before the packets are taken: one that arrives in between is not
            // missed.
            arrived.as_mut().enable();
            self.host.take().map_err(|error| {
                StepError::new(format!("{} cannot hear: {error}", self.config.name))
            })?;
            let heard = self.state.borrow_mut().unheard.pop_front();
            if let Some(heard) = heard {
                if heard.at <= start + within {
                    return Ok(Some(heard));
                }
                self.state.borrow_mut().unheard.push_front(heard);
                return Ok(None);
            }
            let left = within.saturating_sub(self.journal.now() - start);
            if left.is_zero() {
                return Ok(None);
            }
            // The next round of the loop sees whether a packet came.
            let _ = tokio::time::timeout(left, arrived).await;
        }
    }

    /// The differences from the most similar of the wanted packets; `None` where the packet
    /// is one of them, or any packet will do.
    fn compare(
        &self,
        either: &[PacketWanted],
        heard: &Heard,
    ) -> Result<Option<Vec<Difference>>, StepError> {
        let state = self.state.borrow();
        let mut nearest: Option<Vec<Difference>> = None;
        if either.is_empty() {
            return Ok(None);
        }
        for wanted in either {
            let differences = compare::differences(wanted, heard, &state.memory, &self.config)?;
            if differences.is_empty() {
                return Ok(None);
            }
            if nearest
                .as_ref()
                .is_none_or(|it| differences.len() < it.len())
            {
                nearest = Some(differences);
            }
        }
        Ok(nearest)
    }

    /// Whether a packet is passed over: all its chunks are of types to skip, or answered by
    /// the peer itself.
    fn skips(&self, skip: &Skip, heard: &Heard) -> bool {
        let Skip::Chunks(kinds) = skip else {
            return true;
        };
        let data = self.state.borrow().answers.data;
        let is_answered =
            |kind: ChunkType| data && matches!(kind, ChunkType::Data | ChunkType::IData);
        let mut chunks = heard.packet.chunks.iter().map(wire::Chunk::kind);
        heard.error.is_none() && chunks.all(|kind| kinds.contains(&kind) || is_answered(kind))
    }
}

fn expected(either: &[PacketWanted]) -> String {
    match either {
        [] => "a packet".to_owned(),
        some => {
            let all: Vec<String> = some.iter().map(ToString::to_string).collect();
            all.join(", or ")
        }
    }
}

/// A duration in seconds, truncated to milliseconds.
fn shown(duration: Duration) -> String {
    let milliseconds = duration.as_millis();
    format!("{}.{:03} s", milliseconds / 1000, milliseconds % 1000)
}
