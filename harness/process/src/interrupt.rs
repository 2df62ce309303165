//! The interrupt that stops a run: one event, with any number of listeners.

use std::collections::BTreeMap;
use std::fmt;
use std::future::poll_fn;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;

/// An event that may end a run early, such as Ctrl-C. The event happens at most once, and
/// is remembered. Clones share the event.
#[derive(Clone, Default)]
pub struct Interrupt(Arc<Shared>);

#[derive(Default)]
struct Shared {
    came: AtomicBool,
    acts: Mutex<Acts>,
}

type Act = Box<dyn Fn() + Send>;

/// The actions of the listeners, by number.
#[derive(Default)]
struct Acts {
    next: u64,
    waiting: BTreeMap<u64, Act>,
}

/// An action of [`Interrupt::on_call`]. When this value is dropped, the action is
/// forgotten.
#[derive(Debug)]
#[must_use]
pub struct Held {
    interrupt: Interrupt,
    number: u64,
}

impl Drop for Held {
    fn drop(&mut self) {
        let act = self.interrupt.lock().waiting.remove(&self.number);
        // Dropping the action may take time, so the lock is released first.
        drop(act);
    }
}

impl Interrupt {
    /// Raises the interrupt. Returns whether this was the first time.
    pub fn call(&self) -> bool {
        // The lock comes first: an action that is registered meanwhile is called once, here or
        // there.
        let acts = self.lock();
        let is_first = !self.0.came.swap(true, Ordering::SeqCst);
        if is_first {
            acts.waiting.values().for_each(|act| act());
        }
        is_first
    }

    /// Whether the interrupt was raised.
    #[must_use]
    pub fn came(&self) -> bool {
        self.0.came.load(Ordering::SeqCst)
    }

    /// Calls `act` once when the interrupt is raised, as long as the returned value is kept, or
    /// immediately if the interrupt was raised before.
    pub fn on_call(&self, act: impl Fn() + Send + 'static) -> Held {
        let mut acts = self.lock();
        let number = acts.next;
        acts.next += 1;
        if self.came() {
            drop(acts);
            act();
        } else {
            acts.waiting.insert(number, Box::new(act));
        }
        Held {
            interrupt: self.clone(),
            number,
        }
    }

    /// Waits for the interrupt.
    pub async fn wait(&self) {
        let mut held = None;
        poll_fn(|context| {
            if self.came() {
                return Poll::Ready(());
            }
            let waker = context.waker().clone();
            held = Some(self.on_call(move || waker.wake_by_ref()));
            Poll::Pending
        })
        .await;
        drop(held);
    }

    /// A panic elsewhere leaves the state consistent: each change is one step.
    fn lock(&self) -> MutexGuard<'_, Acts> {
        self.0.acts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Interrupt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Interrupt").field(&self.came()).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::sync::atomic::AtomicUsize;
    use std::task::{Context, Wake, Waker};

    use super::*;

    #[derive(Default)]
    struct Count(AtomicUsize);

    impl Count {
        fn get(&self) -> usize {
            self.0.load(Ordering::SeqCst)
        }
    }

    impl Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }

    #[test]
    fn what_has_ended_is_forgotten_and_what_comes_late_is_stopped() {
        let interrupt = Interrupt::default();
        let stopped = Arc::new(Count::default());
        let run = || {
            let stopped = Arc::clone(&stopped);
            interrupt.on_call(move || stopped.wake_by_ref())
        };
        let first = run();
        for _ in 0..1000 {
            drop(run());
        }
        assert_eq!(interrupt.lock().waiting.len(), 1);
        assert_eq!(Arc::strong_count(&stopped), 2);
        assert!(interrupt.call() && !interrupt.call());
        assert_eq!(stopped.get(), 1);
        let _late = run();
        assert_eq!(stopped.get(), 2);
        drop(first);
    }

    #[test]
    fn who_waits_is_woken_and_who_comes_late_does_not_wait() {
        let interrupt = Interrupt::default();
        let woken = Arc::new(Count::default());
        let waker = Waker::from(Arc::clone(&woken));
        let context = &mut Context::from_waker(&waker);
        let mut waiting = pin!(interrupt.wait());
        assert!(waiting.as_mut().poll(context).is_pending());
        interrupt.call();
        assert_eq!(woken.get(), 1);
        assert!(waiting.as_mut().poll(context).is_ready());
        assert!(pin!(interrupt.wait()).poll(context).is_ready());
    }
}
