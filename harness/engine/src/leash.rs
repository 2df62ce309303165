//! What ends a QEMU from elsewhere, also one that is yet to start.

use std::process::{Child, ExitStatus};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::{io, mem};

/// Holds a QEMU with all that it has started.
#[derive(Debug, Clone, Default)]
pub(crate) struct Leash(Arc<Mutex<Held>>);

#[derive(Debug, Default)]
enum Held {
    #[default]
    Nothing,
    Running(Child),
    /// Whoever asks for a QEMU now gets none.
    Cut,
}

impl Leash {
    /// Holds it from now on. If it is to end, it does so at once.
    pub(crate) fn hold(&self, mut child: Child) {
        let mut held = self.held();
        match *held {
            Held::Cut => drop(process::end(&mut child)),
            _ => *held = Held::Running(child),
        }
    }

    /// Ends what is held, or will be.
    pub(crate) fn cut(&self) {
        if let Held::Running(mut child) = mem::replace(&mut *self.held(), Held::Cut) {
            // It may have ended by itself; there is nobody left to tell otherwise.
            let _ = process::end(&mut child);
        }
    }

    pub(crate) fn is_cut(&self) -> bool {
        matches!(*self.held(), Held::Cut)
    }

    /// The status of one that has ended, and the end of all that it had started;
    /// `None` if it was cut off.
    pub(crate) fn reap(&self) -> io::Result<Option<ExitStatus>> {
        let mut held = self.held();
        match &mut *held {
            Held::Running(child) => {
                let status = process::end(child);
                *held = Held::Nothing;
                status.map(Some)
            }
            Held::Nothing | Held::Cut => Ok(None),
        }
    }

    /// Works with the one that is held.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&Child) -> T) -> Option<T> {
        match &*self.held() {
            Held::Running(child) => Some(work(child)),
            _ => None,
        }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
