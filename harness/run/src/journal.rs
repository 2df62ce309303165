use std::cell::RefCell;

use recording::{Event, Observation, Time};
use tokio::sync::Notify;

use super::clock::Clock;

/// All that was observed so far, and a bell that rings when there is more.
pub(crate) struct Journal {
    clock: Clock,
    observations: RefCell<Vec<Observation>>,
    more: Notify,
}

impl Journal {
    pub(crate) fn new(clock: Clock) -> Self {
        Self {
            clock,
            observations: RefCell::default(),
            more: Notify::new(),
        }
    }

    pub(crate) fn now(&self) -> Time {
        self.clock.now()
    }

    pub(crate) fn note(&self, event: Event) {
        self.note_at(self.now(), event);
    }

    /// Notes what was at `at`, or just after what was noted since.
    pub(crate) fn note_at(&self, at: Time, event: Event) {
        let last = self.last(|it| Some(it.at)).unwrap_or_default();
        let at = at.max(last);
        self.observations
            .borrow_mut()
            .push(Observation { at, event });
        self.more.notify_waiters();
    }

    /// The index of the first observation from `from` on that `wanted` takes,
    /// as soon as there is one.
    pub(crate) async fn wait_for(
        &self,
        from: usize,
        mut wanted: impl FnMut(usize, &Observation) -> bool,
    ) -> usize {
        let mut next = from;
        loop {
            let more = self.more.notified();
            tokio::pin!(more);
            // Armed before looking, so that nothing can come in between.
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

    /// The index that the next observation will have.
    pub(crate) fn len(&self) -> usize {
        self.observations.borrow().len()
    }

    /// The last sample of something.
    pub(crate) fn last<T>(&self, mut pick: impl FnMut(&Observation) -> Option<T>) -> Option<T> {
        self.observations.borrow().iter().rev().find_map(&mut pick)
    }

    pub(crate) fn take(&self) -> Vec<Observation> {
        self.observations.take()
    }
}
