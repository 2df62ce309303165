//! Holds the process of a guest (QEMU, or a `uml` kernel), so that another thread can end
//! it, even before it has started.

use std::process::{Child, ExitStatus};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::{io, mem};

/// Holds the process of a guest with its children.
#[derive(Debug, Clone, Default)]
pub(crate) struct Leash(Arc<Mutex<Held>>);

#[derive(Debug, Default)]
enum Held {
    #[default]
    Nothing,
    Running(Child),
    /// The leash was cut. A process that is held from now on is ended at once.
    Cut,
}

impl Leash {
    /// Holds the process from now on. If the leash was cut, the process is ended at once.
    pub(crate) fn hold(&self, mut child: Child) {
        let mut held = self.held();
        match *held {
            Held::Cut => drop(process::end(&mut child)),
            _ => *held = Held::Running(child),
        }
    }

    /// Ends the process that is held, now or later.
    pub(crate) fn cut(&self) {
        if let Held::Running(mut child) = mem::replace(&mut *self.held(), Held::Cut) {
            // The process may have ended by itself, and an error would have no reader.
            let _ = process::end(&mut child);
        }
    }

    pub(crate) fn is_cut(&self) -> bool {
        matches!(*self.held(), Held::Cut)
    }

    /// The status of a process that has ended, after its children were ended, too; `None`
    /// if the leash was cut.
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

    /// Calls `work` with the held process.
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
