//! The journal of a run: the observations in order of time, the memory that they take, and
//! waiting for new ones.

use std::cell::{Cell, RefCell};

use recording::{Event, Observation, Time};
use scenario::weight;
use tokio::sync::Notify;

use super::clock::Clock;

/// The observations of a run so far. Whoever waits for an observation is woken by each new
/// one.
pub(crate) struct Journal {
    clock: Clock,
    observations: RefCell<Vec<Observation>>,
    more: Notify,
    /// The bytes of memory that the observations are reckoned to take. `full` is notified
    /// once, when they exceed [`HEAVIEST`].
    weight: Cell<u64>,
    full: Notify,
}

/// The most bytes of memory that observations may take: a quarter more than the messages of
/// a scenario may take where their number is given. Messages that are sent for a time, and
/// other events, have no limit of their own.
const HEAVIEST: u64 = scenario::HEAVIEST / 4 * 5;

impl Journal {
    pub(crate) fn new(clock: Clock) -> Self {
        Self {
            clock,
            observations: RefCell::default(),
            more: Notify::new(),
            weight: Cell::new(0),
            full: Notify::new(),
        }
    }

    pub(crate) fn now(&self) -> Time {
        self.clock.now()
    }

    /// The time of a stamp in nanoseconds of `CLOCK_MONOTONIC`.
    pub(crate) fn at(&self, monotonic: u64) -> Time {
        self.clock.at(monotonic)
    }

    pub(crate) fn note(&self, event: Event) {
        self.note_at(self.now(), event);
    }

    /// Notes an event of the time `at`. Times in the journal never go back: an event older
    /// than the last one noted gets the time of that one.
    pub(crate) fn note_at(&self, at: Time, event: Event) {
        let last = self.last(|it| Some(it.at)).unwrap_or_default();
        let at = at.max(last);
        self.weigh(&event);
        self.observations
            .borrow_mut()
            .push(Observation { at, event });
        self.more.notify_waiters();
    }

    /// Each message is noted twice, by its sender and by its receiver, so each event counts
    /// half of the message's weight.
    fn weigh(&self, event: &Event) {
        let one = match event {
            Event::Sent { size, .. } | Event::Received { size, .. } => weight(1, *size) / 2,
            _ => weight(1, 0) / 2,
        };
        let before = self.weight.get();
        self.weight.set(before.saturating_add(one));
        if before <= HEAVIEST && self.weight.get() > HEAVIEST {
            self.full.notify_one();
        }
    }

    /// Waits until the observations exceed [`HEAVIEST`], and returns the words for that.
    pub(crate) async fn overflows(&self) -> String {
        self.full.notified().await;
        format!(
            "the run saw more messages and events than fit in {} MB of memory",
            HEAVIEST / 1_000_000
        )
    }

    /// Waits for an observation that `wanted` accepts, and returns its index. Observations
    /// before the index `from` are not looked at.
    pub(crate) async fn wait_for(
        &self,
        from: usize,
        mut wanted: impl FnMut(usize, &Observation) -> bool,
    ) -> usize {
        let mut next = from;
        loop {
            let more = self.more.notified();
            tokio::pin!(more);
            // Armed before the journal is read: an observation noted in between is not
            // missed.
            more.as_mut().enable();
            while let Some(observation) = self.observations.borrow().get(next) {
                if wanted(next, observation) {
                    return next;
                }
                next += 1;
            }
            more.await;
        }
    }

    /// The event at an index.
    pub(crate) fn get(&self, index: usize) -> Option<Event> {
        let observations = self.observations.borrow();
        observations.get(index).map(|it| it.event.clone())
    }

    /// The index of the first event that is wanted, from the index `from` on.
    pub(crate) fn first(&self, from: usize, wanted: impl Fn(&Event) -> bool) -> Option<usize> {
        let observations = self.observations.borrow();
        let mut rest = observations.iter().enumerate().skip(from);
        rest.find_map(|(index, it)| wanted(&it.event).then_some(index))
    }

    /// The index that the next observation will have.
    pub(crate) fn len(&self) -> usize {
        self.observations.borrow().len()
    }

    /// The result of `pick` for the latest observation that `pick` accepts.
    pub(crate) fn last<T>(&self, mut pick: impl FnMut(&Observation) -> Option<T>) -> Option<T> {
        self.observations.borrow().iter().rev().find_map(&mut pick)
    }

    /// The step that has begun and not ended, as the tail of a sentence; empty where there
    /// is none.
    pub(crate) fn unfinished(&self) -> String {
        let observations = self.observations.borrow();
        let last = observations.iter().rposition(|it| {
            matches!(
                it.event,
                Event::StepStarted { .. } | Event::StepEnded { .. }
            )
        });
        let Some(Event::StepStarted { step, words, .. }) = last.map(|it| &observations[it].event)
        else {
            return String::new();
        };
        let of_step =
            |it: &&Observation| matches!(&it.event, Event::Sent { step: own, .. } if own == step);
        let sent = match observations.iter().filter(of_step).count() {
            0 => String::new(),
            count => format!(", after {count} messages"),
        };
        format!(", in step `{step}` ({words}){sent}")
    }

    /// Shows every observation, in order.
    pub(crate) fn each(&self, show: impl FnMut(&Observation)) {
        self.observations.borrow().iter().for_each(show);
    }

    pub(crate) fn take(&self) -> Vec<Observation> {
        self.observations.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn started(step: &str) -> Event {
        Event::StepStarted {
            step: step.into(),
            words: format!("do {step}"),
            acts: true,
        }
    }

    fn ended(step: &str) -> Event {
        Event::StepEnded {
            step: step.into(),
            outcome: recording::Outcome::Done,
        }
    }

    fn sent(step: &str, number: u64) -> Event {
        Event::Sent {
            endpoint: "client".into(),
            to: "server".into(),
            association: None,
            step: step.into(),
            number,
            size: 1,
            error: None,
        }
    }

    #[test]
    fn a_run_that_stops_tells_the_step_that_it_stopped_in() {
        let journal = Journal::new(Clock::start());
        assert_eq!(journal.unfinished(), "");
        for event in [started("first"), ended("first"), started("fill")] {
            journal.note(event);
        }
        journal.note(sent("first", 1));
        assert_eq!(journal.unfinished(), ", in step `fill` (do fill)");
        journal.note(sent("fill", 1));
        journal.note(sent("fill", 2));
        let words = ", in step `fill` (do fill), after 2 messages";
        assert_eq!(journal.unfinished(), words);
        journal.note(ended("fill"));
        assert_eq!(journal.unfinished(), "");
    }

    #[test]
    fn what_is_noted_for_a_moment_before_stays_behind_what_is_there() {
        let journal = Journal::new(Clock::start());
        journal.note(started("first"));
        journal.note_at(Time::ZERO, ended("first"));
        let observations = journal.take();
        assert!(observations[0].at <= observations[1].at);
    }

    #[tokio::test]
    async fn who_waits_is_told_of_what_is_there_and_of_what_comes() {
        let journal = Journal::new(Clock::start());
        journal.note(started("first"));
        let is_end = |_, it: &Observation| matches!(it.event, Event::StepEnded { .. });
        let waiting = journal.wait_for(0, is_end);
        let noting = async {
            tokio::task::yield_now().await;
            journal.note(ended("first"));
        };
        let (found, ()) = tokio::join!(waiting, noting);
        assert_eq!(found, 1);
        assert_eq!(journal.wait_for(0, is_end).await, 1);
    }

    fn of_size(size: usize) -> Event {
        Event::Sent {
            endpoint: "client".into(),
            to: "server".into(),
            association: None,
            step: "fill".into(),
            number: 1,
            size,
            error: None,
        }
    }

    /// The messages that a scenario may send fit. A run with ever more events stops before
    /// the machine's memory is full.
    #[tokio::test]
    async fn a_run_that_sees_more_than_it_can_hold_is_told_once_it_does() {
        const SIZE: usize = 1_000_000;
        let journal = Journal::new(Clock::start());
        let is_full = || async {
            tokio::select! {
                biased;
                words = journal.overflows() => Some(words),
                () = std::future::ready(()) => None,
            }
        };
        let may_be_sent = scenario::HEAVIEST / weight(1, SIZE);
        // Sender and receiver each note every message.
        for _ in 0..2 * may_be_sent {
            journal.note(of_size(SIZE));
        }
        assert_eq!(is_full().await, None);
        for _ in 0..may_be_sent {
            journal.note(of_size(SIZE));
        }
        let words = is_full().await.expect("it is full");
        assert!(words.contains("fit in 125 MB of memory"), "{words}");
        assert_eq!(is_full().await, None, "it is told once");
    }
}
